// The page's server as a process of its own, so that a request can end it and nothing else.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Lost } from "../lost.js";
import { MAIN } from "./fleuron.js";

export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  /** How it ended by itself; undefined while it lives. */
  ended(): string | undefined;
}

export async function serveBundle(bundle: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN, "demo", "--bundle", bundle, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const closed = once(child, "close");
  const ended = () =>
    child.exitCode === null && child.signalCode === null
      ? undefined
      : `${child.signalCode ?? `exit code ${child.exitCode}`}: ${errors}`;
  const firstLine = once(createInterface({ input: child.stdout }), "line").then(([line]) => String(line));
  const line = await Promise.race([firstLine, closed.then(() => undefined)]);
  if (line === undefined) throw new Lost(`the server did not start: ${ended()}`);
  return {
    port: Number(new URL(JSON.parse(line).url).port),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
