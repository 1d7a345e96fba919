// Which process is meant by a process id: ids are used again, also after a restart of the machine.

import { readFileSync } from "node:fs";
import { systemCode } from "./errors.js";

interface ProcessState {
  readonly running: boolean;
  /** The machine's start and the process's since then; null where the system does not tell. */
  readonly start: string | null;
}

/** When a process started, in a form that no other process shares; null where the system does not tell. */
export const processStart = (pid: number): string | null => processState(pid).start;

/** Whether the process `pid` runs, and is the one whose start was noted as `start`. */
export function isLiving(pid: number, start: string | null): boolean {
  const state = processState(pid);
  return state.running && (state.start === null || start === null || state.start === start);
}

function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === "ESRCH") return { running: false, start: null };
  }
  return linuxState(pid) ?? { running: true, start: null };
}

/** proc(5): field 3 of /proc/PID/stat is the state, field 22 the start in clock ticks since the machine's start. */
function linuxState(pid: number): ProcessState | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { running: state !== "Z" && state !== "X", start: `${boot}/${fields[18]}` };
  } catch {
    return undefined;
  }
}
