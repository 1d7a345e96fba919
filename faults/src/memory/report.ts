// What a child process reports: bytes that it and its own children hold after so many units of work, a line each.
import { readdirSync, readFileSync } from "node:fs";

/** Rounds of collecting: finalizers of one round free what the next one finds. */
const ROUNDS = 2;

export function report(done: number): void {
  for (let round = 0; round < ROUNDS; round++) globalThis.gc?.();
  process.stdout.write(`${done} ${heldByTree()}\n`);
}

/** Linux counts the children too; elsewhere it is this process alone. */
function heldByTree(): number {
  if (process.platform !== "linux") return process.memoryUsage.rss();
  const parents = new Map(readdirSync("/proc").flatMap((name) => parentOf(name)));
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + residentBytes(pid), 0);
}

/** A process and its parent: field 4 of proc(5)'s stat. Those that are gone by now are left out. */
function parentOf(name: string): readonly (readonly [pid: number, parent: number])[] {
  if (!/^\d+$/.test(name)) return [];
  const stat = read(`/proc/${name}/stat`);
  const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return parent === undefined ? [] : [[Number(name), Number(parent)]];
}

function residentBytes(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
