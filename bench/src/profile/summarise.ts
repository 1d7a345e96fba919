// A step's time by layer and by operator, beside what its arithmetic and its memory traffic alone would take.
import { bytesOf, flopOf, type ProfiledNode } from "./profiled-node.js";
import type { ProfiledStep } from "./profiled-steps.js";

/** What the machine did at its best in the same run. */
export interface MachineRates {
  /** The rate of a large matrix product, in GFLOP/s. */
  readonly gflops: number;
  /** The rate of an element-wise sum, read and written, in GB/s. */
  readonly gigabytesPerSecond: number;
}

export interface ProfileRow {
  readonly what: string;
  readonly ms: number;
  /** The share of the step. */
  readonly share: number;
  readonly gflop: number;
  /** What the arithmetic would take at the rate of a matrix product, as a share of `ms`; null without arithmetic. */
  readonly shareOfRate: number | null;
  /** What reading and writing would take if nothing of it were in a cache. */
  readonly memoryMs: number;
}

export interface StepProfile {
  readonly stepMs: number;
  readonly rates: MachineRates;
  readonly byLayer: readonly ProfileRow[];
  readonly byOperator: readonly ProfileRow[];
}

interface Work {
  ms: number;
  flop: number;
  bytes: number;
}

/** Rows of a smaller share of the step are shown as one. */
const SHOWN = 0.005;

/** @param updateBytes what the optimiser's pass reads and writes. */
export function summariseStep(step: ProfiledStep, rates: MachineRates, updateBytes: number): StepProfile {
  const { stepMs, updateMs, nodes } = step;
  const inNodes = nodes.reduce((sum, { dur }) => sum + dur / 1000, 0);
  const others: readonly (readonly [string, Work])[] = [
    ["the update", { ms: updateMs, flop: 0, bytes: updateBytes }],
    ["between nodes", { ms: stepMs - updateMs - inNodes, flop: 0, bytes: 0 }],
  ];
  const row = ([what, { ms, flop, bytes }]: readonly [string, Work]): ProfileRow => ({
    what,
    ms,
    share: ms / stepMs,
    gflop: flop / 1e9,
    shareOfRate: flop === 0 ? null : flop / 1e6 / rates.gflops / ms,
    memoryMs: bytes / 1e6 / rates.gigabytesPerSecond,
  });
  const table = (entries: readonly (readonly [string, Work])[]) =>
    [...withoutSmall(entries, SHOWN * stepMs), ...others].map(row);
  return {
    stepMs,
    rates,
    byLayer: table([...grouped(nodes, layerOf)]),
    byOperator: table([...grouped(nodes, ({ args }) => args.op_name)].sort(([, a], [, b]) => b.ms - a.ms)),
  };
}

function grouped(
  nodes: readonly ProfiledNode[],
  key: (node: ProfiledNode) => string,
): ReadonlyMap<string, Work> {
  const groups = new Map<string, Work>();
  for (const node of nodes) {
    const group = groups.get(key(node)) ?? { ms: 0, flop: 0, bytes: 0 };
    group.ms += node.dur / 1000;
    group.flop += flopOf(node);
    group.bytes += bytesOf(node);
    groups.set(key(node), group);
  }
  return groups;
}

function withoutSmall(
  entries: readonly (readonly [string, Work])[],
  least: number,
): readonly (readonly [string, Work])[] {
  const small = entries.filter(([, { ms }]) => ms < least);
  const sum = (of: keyof Work) => small.reduce((total, [, work]) => total + work[of], 0);
  return [
    ...entries.filter((entry) => !small.includes(entry)),
    [`${small.length} others`, { ms: sum("ms"), flop: sum("flop"), bytes: sum("bytes") }],
  ];
}

/**
 * The layer whose value or gradients a node computes: "conv4, backward" of `gradient/conv4/Slice_3`. onnxruntime puts
 * "fused " before the names of nodes that it made of several.
 */
function layerOf({ name }: ProfiledNode): string {
  const [, gradient, layer] = /^(?:fused |update\/)?(gradient\/)?([^/]+)\/./.exec(name) ?? [];
  return layer === undefined ? "the loss" : `${layer}, ${gradient ? "backward" : "forward"}`;
}
