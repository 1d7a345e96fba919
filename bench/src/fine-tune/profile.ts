// Where a step of an imported network spends its time, by onnxruntime's own profiler.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onnxruntime } from "@fleuron/runtime-node";
import { OnnxEngine, type OnnxRuntime } from "@fleuron/training/onnx";
import { planOfFile } from "./read-network.js";
import { learntState, randomBatch } from "./step-parts.js";

export interface ProfileLine {
  readonly what: string;
  /** Milliseconds of a step. */
  readonly ms: number;
  readonly share: number;
}

const STEPS = 5;
/** A kind of work is shown by itself from this share on. */
const SHOWN = 0.01;

/** The kinds of work of a step in which all layers learn, the longest first; the means of four steps. */
export async function profileStep(network: string, threads: number): Promise<readonly ProfileLine[]> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-profile-"));
  try {
    const { plan, weights } = await planOfFile(network, "all");
    const sessions: { endProfiling(): void }[] = [];
    const runtime: OnnxRuntime = {
      Tensor: onnxruntime.Tensor,
      InferenceSession: {
        async create(model: Uint8Array, options: object) {
          const profiling = { enableProfiling: true, profileFilePrefix: join(folder, "step") };
          const session = await onnxruntime.InferenceSession.create(model, { ...options, ...profiling });
          sessions.push(session as unknown as { endProfiling(): void });
          return session;
        },
      } as OnnxRuntime["InferenceSession"],
    };
    const description = { engine: "onnx-cpu", precision: "float32", threads, versions: {} };
    await using engine = new OnnxEngine(plan, { runtime, threads, description });
    await engine.write(learntState(plan, weights));
    const whole: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const batch = randomBatch(plan);
      const start = performance.now();
      await engine.step(batch, { learningRate: 0.001 });
      whole.push(performance.now() - start);
    }
    for (const session of sessions) session.endProfiling();
    const [file] = (await readdir(folder)).sort();
    return linesOf(JSON.parse(await readFile(join(folder, file!), "utf8")), mean(whole.slice(1)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An event of the profile, as far as it is read. */
export interface ProfiledNode {
  readonly cat: string;
  readonly name: string;
  /** Microseconds. */
  readonly dur: number;
  readonly args: {
    readonly op_name: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/** @param wholeMs what a step takes, the update and copies included. */
export function linesOf(events: readonly ProfiledNode[], wholeMs: number): readonly ProfileLine[] {
  const kernels = events.filter(({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"));
  const depthwise = new Set(kernels.filter(isDepthwise).map(layerOf));
  // The first step, which also asks for memory, is left out.
  const counted = kernels.slice(kernels.length / STEPS);
  const perStep = new Map<string, number>();
  for (const kernel of counted) {
    const what = kindOf(kernel, depthwise.has(layerOf(kernel)));
    perStep.set(what, (perStep.get(what) ?? 0) + kernel.dur / 1000 / (STEPS - 1));
  }
  const shown = [...perStep].filter(([, ms]) => ms / wholeMs >= SHOWN);
  const rest = wholeMs - shown.reduce((sum, [, ms]) => sum + ms, 0);
  return [...shown.sort(([, one], [, other]) => other - one), ["the update and all else", rest] as const].map(
    ([what, ms]) => ({ what, ms, share: ms / wholeMs }),
  );
}

const isConvolution = ({ args }: ProfiledNode) => /^(Fused)?Conv$/.test(args.op_name);
const isGradient = ({ name }: ProfiledNode) => name.startsWith("gradient/");

/** Whether it is the convolution of each channel by itself. */
const isDepthwise = (kernel: ProfiledNode) =>
  isConvolution(kernel) && !isGradient(kernel) && kernelShape(kernel)[1] === 1;

const kernelShape = ({ args }: ProfiledNode): readonly number[] =>
  Object.values(args.input_type_shape?.[1] ?? {})[0] ?? [];

/** The layer whose value, or gradients, a node computes: `node_Conv_884` of `gradient/node_Conv_884/Slice_3_kernel_time`. */
const layerOf = ({ name }: ProfiledNode): string =>
  name
    .replace(/^gradient\//, "")
    .split("/")
    .slice(0, -1)
    .join("/");

function kindOf(kernel: ProfiledNode, ofDepthwise: boolean): string {
  const { op_name: operator } = kernel.args;
  if (!isGradient(kernel)) {
    if (!isConvolution(kernel)) return operator;
    return ofDepthwise ? "depthwise, forward" : "other convolutions, forward";
  }
  if (ofDepthwise) return `depthwise, gradient of its ${operator === "ConvTranspose" ? "input" : "kernel"}`;
  if (isConvolution(kernel) || operator === "ConvTranspose")
    return "other convolutions, gradient of their input";
  if (/^(FusedMatMul|MatMul|Gemm)$/.test(operator)) return "other convolutions, gradient of their kernel";
  return `${operator}, gradients`;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
