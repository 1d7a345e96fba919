// A trained run in, a run of a much smaller network out.
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { move, writeFailure } from "@fleuron/files";
import { countParameters, networkParameters, type Parameter, type WorkEvent, warning } from "@fleuron/model";
import { checkOptions, optionError, withDefaults } from "@fleuron/model/options";
import {
  type CompressionStep,
  RUN_FILES,
  reopenRunFolder,
  requireNewRunFolder,
  type WritableRunFolder,
  writeSafetensorsFile,
} from "@fleuron/run-folder";
import { report } from "@fleuron/trainer";
import type { LoopEvent } from "@fleuron/training";
import { fourBits, wireBytes } from "./bytes/wire-bytes.js";
import { type CompressOptions, compressOptions } from "./options.js";
import { compactNetwork } from "./search/compact-network.js";
import { evaluateNetwork } from "./search/evaluate-network.js";
import { openNetwork } from "./search/open-network.js";
import type { RoundResult } from "./search/round.js";
import { roundsToBytes, roundsToDrop } from "./search/rounds.js";
import type { Search } from "./search/search.js";
import { openSearchFolder, searchFolderOf } from "./search/search-folder.js";
import { openSourceRun, photosOfSource } from "./search/source-run.js";
import { stateOf, tensorsOf, type WeightedNetwork } from "./search/weighted-network.js";

/** What has come of a search. */
export interface CompressedRun {
  /** Absolute. */
  readonly folder: string;
  /** Photos on which the accuracies were measured: those that the run holds out. */
  readonly valCount: number;
  readonly steps: readonly CompressionStep[];
}

const DEFAULT_BYTES = 2_000_000;
/** Fewer photos cannot tell networks apart that differ by half a point. */
const FEWEST_PHOTOS = 200;

/**
 * Cuts what a run has trained down to `targetBytes` on the wire, or as far as `maxDrop` points of accuracy go: units that the loss
 * hardly needs are removed, what is left learns from the whole network's answers, and its kernels are rounded. The new run is one as
 * any other. What decides is measured on training photos; the photos that the run holds out are for the figures at the end. Seeded by
 * the run, and the same each time on the same machine; aborted, it keeps what it has beside `out`, and the same call goes on.
 *
 * @throws FleuronError "budget-unreachable", "drop-exceeded", "network-unsuitable", "photos-too-few", "run-compressed",
 * "search-differs"; "option-invalid"; those of reading a run and its photos; `run-folder-exists`.
 */
export async function* compress(options: CompressOptions): AsyncGenerator<LoopEvent, CompressedRun> {
  checkOptions(compressOptions, options);
  const { run, data, maxDrop, epochs, threads, signal, ...settings } = withDefaults(compressOptions, options);
  if (maxDrop !== undefined && settings.targetBytes !== undefined) throw bothGiven();
  const out = resolve(settings.out);
  await requireNewRunFolder(out);
  const source = await openSourceRun(run);
  const wish = maxDrop === undefined ? { targetBytes: settings.targetBytes ?? DEFAULT_BYTES } : { maxDrop };
  await using _lock = await openSearchFolder(out, { run: source.folder, ...wish, epochs });
  const photos = yield* photosOfSource(source, { data, threads, signal });
  const valCount = photos.val.length;
  if (valCount < FEWEST_PHOTOS) yield tooFew(valCount);
  const computing = { ...(threads !== undefined && { threads }), ...(signal && { signal }) };
  await using teacher = await openNetwork(source.trained, source.record.plan, computing);
  const search: Search = { source, photos, teacher, folder: searchFolderOf(out), wish, computing };
  const rounds =
    wish.targetBytes === undefined
      ? yield* roundsToDrop(search, wish.maxDrop, epochs)
      : yield* roundsToBytes(search, wish.targetBytes, epochs);
  const last = rounds.at(-1)!;
  const { kernelBits, rounded, bytes } = yield* compactNetwork(search, last.tuned);
  if (wish.targetBytes !== undefined && bytes > wish.targetBytes) yield tooLarge(bytes, wish.targetBytes);
  const steps = [
    ...(yield* measuredSteps(search, rounds)),
    { ...(yield* measured(search, "rounded", rounded)), bytes },
  ];
  {
    await using folder = await reopenRunFolder(last.folder);
    await writeCompactWeights(folder, rounded);
    await folder.writeRecord({
      ...folder.record,
      compression: { run: source.folder, ...wish, steps, kernelBits: Object.fromEntries(kernelBits) },
    });
  }
  await move(last.folder, out).catch((cause: unknown) => {
    throw writeFailure(out, cause);
  });
  await rm(searchFolderOf(out), { recursive: true, force: true });
  yield* report({ run: out, data: photos.root, threads, signal });
  return { folder: out, valCount, steps };
}

const isNoKernel = ({ kind }: Parameter): boolean => kind !== "kernel";

/** What the compact file has besides kernels; the run's other files have kernels as they were before they were rounded. */
async function writeCompactWeights(
  { path, record }: WritableRunFolder,
  rounded: WeightedNetwork,
): Promise<void> {
  const [tensors, state] = [tensorsOf(rounded, isNoKernel), stateOf(rounded, isNoKernel)];
  const epoch = String(record.best!.epoch);
  await writeSafetensorsFile(join(path, RUN_FILES.compact), tensors, state, { epoch });
}

async function* measuredSteps(
  search: Search,
  rounds: readonly RoundResult[],
): AsyncGenerator<WorkEvent, readonly CompressionStep[]> {
  const steps = [yield* measured(search, "trained", search.source.trained)];
  for (const { cut, tuned } of rounds) {
    const isCut = parametersOf(cut) < steps.at(-1)!.parameters;
    if (isCut) steps.push(yield* measured(search, "cut", cut));
    steps.push(yield* measured(search, "fine-tuned", tuned));
  }
  return steps;
}

async function* measured(
  search: Search,
  step: CompressionStep["step"],
  weighted: WeightedNetwork,
): AsyncGenerator<WorkEvent, CompressionStep> {
  const { accuracy, loss, milliseconds } = yield* evaluateNetwork(search, weighted, "val");
  return {
    step,
    parameters: parametersOf(weighted),
    bytes: wireBytes(weighted.network, fourBits(weighted)),
    valAccuracy: accuracy,
    valLoss: loss,
    milliseconds,
  };
}

const parametersOf = ({ network }: WeightedNetwork) => countParameters(networkParameters(network));

const bothGiven = () =>
  optionError("option-invalid", "`targetBytes` and `maxDrop` are two ends of a search, and it has one.", {
    subject: "maxDrop",
    hint: "Leave one of them out.",
  });

const tooFew = (photos: number) =>
  warning(
    "photos-too-few",
    `One of ${photos} validation photos is ${(100 / photos).toFixed(1)} points of accuracy: half a point cannot be judged by them.`,
  );

const tooLarge = (bytes: number, targetBytes: number) =>
  warning(
    "budget-missed",
    `The compact file takes ${bytes} bytes on the wire, more than ${targetBytes}, though each kernel has 4 bits.`,
  );
