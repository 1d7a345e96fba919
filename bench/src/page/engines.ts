// What must a page fetch before it names its first photo, how long does that take, how long each further one, and how much memory, with
// kernels of our own and with each provider of onnxruntime? A page of nothing but @fleuron/runtime-web, each time in a browser of its own.
import { launchChromium } from "@fleuron/chromium";
import type { LabelProbability } from "@fleuron/model";
import type { ExecutionProvider } from "@fleuron/runtime-web";
import { median } from "../statistics.js";
import { buildSite, type SiteModel } from "./engine-site.js";
import { watchMemory } from "./process-memory.js";
import { type SiteServer, serveSite } from "./serve-site.js";

export const providers = ["kernels", "webgpu", "wasm"] as const satisfies readonly ExecutionProvider[];

/** A first visit with empty caches; bytes are those on the wire. */
interface EngineVisit {
  /** Scripts of the library, and onnxruntime's WASM. */
  readonly engineBytes: number;
  /** The manifest and one model. */
  readonly modelBytes: number;
  /** Milliseconds from the navigation on. */
  readonly firstPredictionMs: number;
  /** Milliseconds of the model's run on a further photo: the median of the later half, which V8 has compiled as well as it can. */
  readonly runMs: number;
  /** Undefined where the system does not say. */
  readonly peakBytes: number | undefined;
  readonly predictions: readonly LabelProbability[];
}

/** The medians of the visits with one model and one engine. */
export interface EngineResult extends Omit<EngineVisit, "predictions"> {
  readonly bundle: string;
  readonly precision: string;
  readonly provider: ExecutionProvider;
  /** The largest difference of a probability from that of the same model on WASM; undefined where that was not visited. */
  readonly differsBy: number | undefined;
}

/** Milliseconds; onnxruntime compiles for minutes where a processor plays the GPU, and 233 MB take minutes, too. */
const PATIENCE = 1_200_000;

export interface EnginesOptions {
  readonly visits: number;
  /** Folders, each ONNX model of which is measured. */
  readonly bundles: readonly string[];
  readonly providers: readonly ExecutionProvider[];
  /** What the connection carries a second. Default: as fast as this machine is. */
  readonly megabits: number | undefined;
  /** How many WASM has. Default: as the library chooses. */
  readonly threads: number | undefined;
  /** Further photos after the first one. */
  readonly runs: number;
}

/** The medians of `visits` visits with each model and each engine, in turns. */
export async function measureEngines(
  { visits, bundles, providers: wanted, megabits, ...page }: EnginesOptions,
  onProgress: (what: string) => void = () => undefined,
): Promise<readonly EngineResult[]> {
  onProgress("writing and compressing the site");
  await using site = await buildSite(bundles, wanted);
  await using server = await serveSite(site.folder, megabits);
  const cases = site.models.flatMap((model) =>
    wanted.map((provider) => ({ model, provider, visits: [] as EngineVisit[] })),
  );
  for (let number = 1; number <= visits; number++) {
    for (const { model, provider, visits: seen } of cases) {
      onProgress(`visit ${number} of ${visits}: ${model.bundle}, ${model.precision}, ${provider}`);
      seen.push(await visit(server, model, { provider, ...page }));
    }
  }
  return cases.map(({ model, provider, visits }) => {
    const reference = cases.find((each) => each.model === model && each.provider === "wasm")?.visits[0];
    const middle = (figure: (visit: EngineVisit) => number) => median(visits.map(figure));
    return {
      bundle: model.bundle,
      precision: model.precision,
      provider,
      engineBytes: middle((each) => each.engineBytes),
      modelBytes: middle((each) => each.modelBytes),
      firstPredictionMs: middle((each) => each.firstPredictionMs),
      runMs: middle((each) => each.runMs),
      peakBytes: visits.every(hasPeak) ? median(visits.map((each) => each.peakBytes)) : undefined,
      differsBy: reference && difference(visits[0]!.predictions, reference.predictions),
    };
  });
}

const hasPeak = (visit: EngineVisit): visit is EngineVisit & { readonly peakBytes: number } =>
  visit.peakBytes !== undefined;

/** In a browser of its own: nothing is kept, and nothing of the visit before takes memory. */
async function visit(
  server: SiteServer,
  { place, precision }: SiteModel,
  { provider, threads, runs }: Pick<EnginesOptions, "threads" | "runs"> & { provider: ExecutionProvider },
): Promise<EngineVisit> {
  await using browser = await launchChromium();
  const before = new Map(server.sent);
  const page = await browser.newPage();
  const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
  const memory = await watchMemory(browser);
  const query = new URLSearchParams({ bundle: place, provider, precision, runs: String(runs) });
  if (threads !== undefined) query.set("threads", String(threads));
  await page.goto(`${server.url}/?${query}`);
  const visited = page.waitForFunction(
    () =>
      (window as unknown as { visited?: { firstPredictionMs: number; runMs: number[]; predictions: [] } })
        .visited,
    undefined,
    { timeout: PATIENCE },
  );
  const seen = (await (await Promise.race([visited, failed])).jsonValue())!;
  await memory.stop();
  let [engineBytes, modelBytes] = [0, 0];
  for (const [path, bytes] of server.sent) {
    const now = bytes - (before.get(path) ?? 0);
    if (path.startsWith(`/${place}`)) modelBytes += now;
    else if (/\.(js|wasm)$/.test(path)) engineBytes += now;
  }
  const { firstPredictionMs, runMs, predictions } = seen;
  return {
    ...{ engineBytes, modelBytes, firstPredictionMs, predictions },
    runMs: median(runMs.slice(Math.floor(runMs.length / 2))),
    peakBytes: memory.peakBytes,
  };
}

const difference = (some: readonly LabelProbability[], others: readonly LabelProbability[]): number =>
  Math.max(
    ...some.map(({ label, probability }) =>
      Math.abs(probability - others.find((each) => each.label === label)!.probability),
    ),
  );
