// Which cuts lead to the network that was asked for.
import { counted, FleuronError, megabytes, type Network, type WorkEvent, warning } from "@fleuron/model";
import { bytesOfFile, bytesToCutTo } from "../bytes/reserve.js";
import { fourBits, wireBytes } from "../bytes/wire-bytes.js";
import { type Costs, multiplicationsOf } from "../cut/costs.js";
import { fewestUnits } from "../cut/fewest-units.js";
import { withUnits } from "../cut/with-units.js";
import { budgetUnreachable, compressError } from "../errors.js";
import { evaluateNetwork } from "./evaluate-network.js";
import { fallsFurther } from "./falls-further.js";
import { goThrough, type Round, type RoundResult } from "./round.js";
import type { Search } from "./search.js";
import type { WeightedNetwork } from "./weighted-network.js";

/** How much larger than the last network the one before it is, where the trained one is larger still. */
const STEP = 3;
/** What is left of the multiplications at most, unless more of the bytes is left. */
const MULTIPLICATIONS_LEFT = 1 / 2;
/** The same after a cut that others follow, where it is the first. */
const MULTIPLICATIONS_LEFT_FIRST = 3 / 4;
/** What stays in any case of the multiplications that could go: layers that are all as narrow as they may become have learnt too little. */
const FEWEST_LEFT = 1 / 4;
/** The epochs after each cut before, as a share of those after the last one. */
const SHARE_BEFORE = 1 / 4;
/** With a floor of accuracy: the part that the first cut leaves, where a network can be that narrow, and each one after it. */
const FIRST_LEAVES = 0.3;
const LEAVES = 0.6;
/** Above the bytes of the narrowest network, for rounding. */
const NARROWEST = 1.01;

/** Cuts until the network fits, and computes less. @throws FleuronError "budget-unreachable". */
export async function* roundsToBytes(
  search: Search,
  targetBytes: number,
  epochs: number,
): AsyncGenerator<WorkEvent, readonly RoundResult[]> {
  const goal = bytesToCutTo(targetBytes);
  const { trained } = search.source;
  const range = costRangeOf(trained);
  const { whole, narrowest } = range;
  if (narrowest.bytes > goal) throw budgetUnreachable(bytesOfFile(narrowest.bytes), targetBytes);
  if (whole.bytes <= goal) yield nothingToCut(targetBytes);
  const sizes = whole.bytes > STEP * goal * 1.5 ? [STEP * goal, goal] : [goal];
  const results: RoundResult[] = [];
  for (const [index, bytes] of sizes.entries()) {
    const last = index === sizes.length - 1;
    const before = results.at(-1)?.tuned ?? trained;
    const round: Round = {
      name: `round-${index + 1}`,
      task: `fine-tuning ${index + 1} of ${sizes.length}, ${megabytes(bytes)}`,
      goals: goalsOf(range, bytes, last ? MULTIPLICATIONS_LEFT : MULTIPLICATIONS_LEFT_FIRST),
      epochs: last ? epochs : Math.ceil(epochs * SHARE_BEFORE),
      last,
    };
    results.push(yield* goThrough(search, before, { ...round, wireBits: fourBits(before) }));
  }
  return results;
}

/**
 * Cuts while the accuracy on the photos that are set aside falls by no more than `maxDrop` points, and fine-tunes the smallest network
 * that keeps it.
 * @throws FleuronError "photos-too-few", "drop-exceeded".
 */
export async function* roundsToDrop(
  search: Search,
  maxDrop: number,
  epochs: number,
): AsyncGenerator<WorkEvent, readonly RoundResult[]> {
  const { trained } = search.source;
  const photos = search.photos.aside.length;
  requireEnough(photos, maxDrop);
  const { accuracy: before } = yield* evaluateNetwork(search, trained, "aside");
  const results: RoundResult[] = [];
  const range = costRangeOf(trained);
  let bytes = Math.max(range.whole.bytes * FIRST_LEAVES, range.narrowest.bytes * NARROWEST);
  for (; ; bytes *= LEAVES) {
    const previous = results.at(-1)?.tuned ?? trained;
    const round: Round = {
      name: `round-${results.length + 1}`,
      task: `fine-tuning ${results.length + 1}, ${megabytes(bytes)}`,
      goals: goalsOf(range, bytes, results.length === 0 ? MULTIPLICATIONS_LEFT_FIRST : MULTIPLICATIONS_LEFT),
      epochs: Math.ceil(epochs * SHARE_BEFORE),
      last: false,
    };
    const cut = goThrough(search, previous, { ...round, wireBits: fourBits(previous) });
    const result = yield* results.length === 0 ? cut : unlessUnreachable(cut);
    if (result === undefined || fallsFurther({ before, after: result.valAccuracy }, maxDrop, photos)) break;
    results.push(result);
  }
  const smallest = results.at(-1);
  if (smallest === undefined) throw tooMuch(maxDrop, bytes);
  const { tuned } = smallest;
  const round: Round = { name: "last", task: "fine-tuning the smallest", epochs, last: true };
  return [...results, yield* goThrough(search, tuned, { ...round, wireBits: fourBits(tuned) })];
}

interface CostRange {
  readonly whole: Costs;
  /** Where each layer is as narrow as it may become. */
  readonly narrowest: Costs;
}

function costRangeOf(trained: WeightedNetwork): CostRange {
  const bits = fourBits(trained);
  const costsOf = (network: Network): Costs => ({
    bytes: wireBytes(network, bits),
    multiplications: multiplicationsOf(network),
  });
  const { network } = trained;
  return { whole: costsOf(network), narrowest: costsOf(withUnits(network, fewestUnits(network))) };
}

/** So many bytes, and of the multiplications the share that is left, or that of the bytes where it is larger. */
function goalsOf({ whole, narrowest }: CostRange, bytes: number, left: number): Costs {
  const share = Math.max(left, Math.min(1, bytes / whole.bytes));
  const canGo = whole.multiplications - narrowest.multiplications;
  const fewest = narrowest.multiplications + FEWEST_LEFT * canGo;
  return { bytes, multiplications: Math.max(share * whole.multiplications, fewest) };
}

/** Nothing, where the network is as narrow already as it may become. */
async function* unlessUnreachable<Event, Result>(
  work: AsyncGenerator<Event, Result>,
): AsyncGenerator<Event, Result | undefined> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof FleuronError && error.code === "budget-unreachable") return undefined;
    throw error;
  }
}

/** One photo more or less may not decide. */
function requireEnough(photos: number, maxDrop: number): void {
  const fewest = Math.ceil(100 / maxDrop);
  if (photos >= fewest) return;
  const least = Math.ceil(1000 / photos) / 10;
  throw compressError(
    "photos-too-few",
    `A drop of ${maxDrop} points cannot be measured on ${counted(photos, "photo")}, the tenth of the training photos that is set aside.`,
    {
      subject: "maxDrop",
      hint: least < 100 ? `Allow ${least} points, or give \`targetBytes\`.` : "Give `targetBytes`.",
    },
  );
}

const nothingToCut = (targetBytes: number) =>
  warning(
    "nothing-to-cut",
    `The network fits into ${megabytes(targetBytes)} as it is: it is fine-tuned and its kernels are rounded, and no unit is cut.`,
  );

const tooMuch = (maxDrop: number, bytes: number) =>
  compressError(
    "drop-exceeded",
    `The first cut, to ${megabytes(bytes)}, already costs more than ${maxDrop} points on the photos that are set aside.`,
    { subject: "maxDrop", hint: "Allow more points, fine-tune for more `epochs`, or give `targetBytes`." },
  );
