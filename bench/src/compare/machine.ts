import { readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Those of the processor's extensions that matrix multiplication is made of; undefined where unknown. */
  readonly extensions: readonly string[] | undefined;
  readonly memoryBytes: number;
  readonly node: string;
}

const extensionsThatMatter = ["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "bf16"];

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  extensions: extensions(),
  memoryBytes: totalmem(),
  node: process.versions.node,
});

/** Processes that ran or waited to run, averaged over the last minute; [0] on Windows. */
export const loadAverage = (): number => loadavg()[0]!;

/** Whether the processor computes in bfloat16; emulation is far slower than float32. Undefined: unknown. */
export const hasBfloat16 = ({ extensions }: Pick<Machine, "extensions">): boolean | undefined =>
  extensions?.some((name) => name.endsWith("bf16"));

function extensions(): readonly string[] | undefined {
  try {
    // "flags" on x86, "Features" on ARM.
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"));
    const all = new Set(line?.[1]?.split(/\s+/));
    return line ? extensionsThatMatter.filter((name) => all.has(name)) : undefined;
  } catch {
    return undefined;
  }
}
