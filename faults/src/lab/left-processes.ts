// Processes that outlive the one that started them.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Lost } from "../lost.js";

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** Waits until no process with these words in its environment lives. Only Linux shows it; elsewhere nothing is looked at. */
export async function requireNoneLeft(words: string): Promise<void> {
  for (const began = Date.now(); ; await sleep(POLL_MS)) {
    const left = livingWith(words);
    if (left.length === 0) return;
    if (Date.now() - began > PATIENCE_MS) throw new Lost(`processes of it live on: ${left.join("; ")}`);
  }
}

function livingWith(words: string): readonly string[] {
  if (process.platform !== "linux") return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids
    .filter((pid) => read(`/proc/${pid}/environ`).includes(words))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " "));
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
