// Where a step of an imported network spends its time, by onnxruntime's own profiler.
import type { ProfiledNode } from "../profile/profiled-node.js";
import { type ProfiledStep, profileSteps } from "../profile/profiled-steps.js";
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
  const { plan, weights } = await planOfFile(network, "all");
  const batch = () => randomBatch(plan);
  const steps = await profileSteps({ plan, state: learntState(plan, weights), threads, steps: STEPS, batch });
  // The first step, which also asks for memory, is left out.
  return linesOf(steps.slice(1));
}

export function linesOf(steps: readonly ProfiledStep[]): readonly ProfileLine[] {
  const nodes = steps.flatMap((step) => step.nodes);
  const depthwise = new Set(nodes.filter(isDepthwise).map(layerOf));
  const perStep = new Map<string, number>();
  for (const node of nodes) {
    const what = kindOf(node, depthwise.has(layerOf(node)));
    perStep.set(what, (perStep.get(what) ?? 0) + node.dur / 1000 / steps.length);
  }
  /** What a step takes, the update and copies included. */
  const wholeMs = mean(steps.map(({ stepMs }) => stepMs));
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
