import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/**
 * Runs a command until it ends.
 * @returns milliseconds.
 * @throws Error with what it wrote, where it ends badly.
 */
export async function runToEnd(
  executable: string,
  parameters: readonly string[],
  folder: string,
): Promise<number> {
  const { child, written, start } = started(executable, parameters, folder);
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${parameters.join(" ")} ended with ${code}: ${written()}`);
  return performance.now() - start;
}

/**
 * Runs a command that serves a page until that page answers, and ends it.
 * @returns milliseconds until the page was there.
 */
export async function runUntilServed(
  executable: string,
  parameters: readonly string[],
  folder: string,
): Promise<number> {
  const { child, written, start } = started(executable, parameters, folder);
  const ended = once(child, "close");
  try {
    const address = await Promise.race([
      addressOf(child.stdout),
      ended.then(() => Promise.reject(new Error(`${parameters.join(" ")} served nothing: ${written()}`))),
    ]);
    const { status } = await fetch(address);
    if (status !== 200) throw new Error(`${address} answers ${status}.`);
    return performance.now() - start;
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}

/** The first address that it writes: the stream is left open, for a command whose output is closed ends. */
function addressOf(output: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    output.on("data", (chunk: string) => {
      text += chunk;
      const [address] = /http:\/\/[\w.:]+\//.exec(text) ?? [];
      if (address) resolve(address);
    });
  });
}

function started(executable: string, parameters: readonly string[], folder: string) {
  const start = performance.now();
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = spawn(executable, parameters, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...environment, INIT_CWD: folder },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, start, written: () => text };
}
