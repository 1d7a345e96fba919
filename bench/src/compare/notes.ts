// What every comparison says of where it was measured.
import type { Machine } from "./machine.js";

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

export function machineNote({ cpu, cores, extensions, memoryBytes }: Machine): string {
  return `Machine: ${cpu}, ${cores} cores (${extensions?.join(", ") ?? "extensions unknown"}), ${gigabytes(memoryBytes)}.`;
}

interface WithVersions {
  readonly versions?: { readonly [library: string]: string };
}

export function versionsNote({ node }: Machine, contenders: readonly WithVersions[]): string {
  const versions = new Map(contenders.flatMap(({ versions = {} }) => Object.entries(versions)));
  return `Versions: ${[...new Map([["node", node], ...versions])].map(([name, version]) => `${name} ${version}`).join(", ")}.`;
}
