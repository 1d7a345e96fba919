// What the figures of a table come from: the processor decides which engines and precisions there are.
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";

/** The flags of x86 that decide how a network is computed. */
const FEATURES = {
  avx2: "AVX2",
  avx512f: "AVX-512",
  avx512_bf16: "AVX-512 bfloat16",
  amx_bf16: "AMX bfloat16",
} as const;

/** For example "AMD EPYC, 2 cores, with AVX2, without AVX-512, AVX-512 bfloat16, AMX bfloat16". */
export function processorKind(flags = processorFlags()): string {
  const all = cpus();
  const head = `${all[0]?.model.trim() ?? process.arch}, ${all.length} cores`;
  if (flags === undefined) return head;
  const names = (has: boolean) =>
    Object.entries(FEATURES)
      .filter(([flag]) => flags.has(flag) === has)
      .map(([, name]) => name)
      .join(", ");
  const [present, absent] = [names(true), names(false)];
  return `${head}${present && `, with ${present}`}${absent && `, without ${absent}`}`;
}

export const systemKind = (): string => `${type()} ${release()}, Node ${process.versions.node}`;

/** undefined where the system does not tell. */
function processorFlags(): ReadonlySet<string> | undefined {
  try {
    const [, flags = ""] = /^flags\s*:\s*(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8")) ?? [];
    return flags === "" ? undefined : new Set(flags.split(" "));
  } catch {
    return undefined;
  }
}
