import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import type { DrivenBrowser, DrivenPage } from "../driven-browser.js";
import { WebDriver } from "./driver.js";
import type { WebKitPrograms } from "./find.js";

/** Milliseconds that a function may take in the page: tests have limits of their own. */
const LONGEST = 2 ** 31 - 1;

/**
 * Starts WebKitGTK on a screen of its own, to be driven over WebDriver. It has one page at a time. Disposing it ends it.
 * @param programs as `findWebKit` gives them.
 */
export async function launchWebKit({ driver, screen }: WebKitPrograms): Promise<DrivenBrowser> {
  const programs: Program[] = [];
  const end = async () => {
    await Promise.all(programs.map((program) => program.end()));
  };
  const run = (...parameters: Parameters<typeof start>) => {
    const program = start(...parameters);
    programs.push(program);
    return program;
  };
  try {
    const display = await displayOf(run(screen, ["-displayfd", "3", "-nolisten", "tcp"]));
    const port = await freePort();
    const { ended } = run(driver, [`--port=${port}`], { DISPLAY: display });
    const webDriver = new WebDriver(port);
    await webDriver.ready(ended);
    return { page: (address) => openPage(webDriver, address), [Symbol.asyncDispose]: end };
  } catch (cause) {
    await end();
    throw cause;
  }
}

interface Program {
  readonly child: ChildProcess;
  /** Aborted when it has ended, with the reason. */
  readonly ended: AbortSignal;
  end(): Promise<void>;
}

function start(
  executable: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Program {
  // In a group of its own: with a driver its browser ends.
  const child = spawn(executable, parameters, {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const controller = new AbortController();
  const { signal } = controller;
  child.once("error", (error) => controller.abort(error));
  child.once("close", () => controller.abort(new Error(`${executable} ended before it could be driven.`)));
  return {
    child,
    ended: signal,
    async end() {
      if (signal.aborted) return;
      const aborted = once(signal, "abort");
      process.kill(-child.pid!, "SIGKILL");
      await aborted;
    },
  };
}

/** The screen that Xvfb chose: it writes the number. */
function displayOf({ child, ended }: Program): Promise<string> {
  return once(child.stdio[3] as Readable, "data", { signal: ended }).then(
    ([number]) => `:${String(number).trim()}`,
    () => Promise.reject(ended.reason),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function openPage(driver: WebDriver, address: string): Promise<DrivenPage> {
  const { sessionId } = await driver.send<{ sessionId: string }>("POST", "/session", { capabilities: {} });
  const session = `/session/${sessionId}`;
  await driver.send("POST", `${session}/timeouts`, { script: LONGEST });
  await driver.send("POST", `${session}/url`, { url: address });
  return {
    async evaluate(work, argument) {
      const { json, error } = await driver.send<Answer>("POST", `${session}/execute/async`, {
        script: `
const [json, answer] = arguments;
(async () => JSON.stringify(await (${work})(JSON.parse(json))))()
  .then((json) => answer({ json }), (error) => answer({ error: String(error) }));`,
        args: [JSON.stringify(argument ?? null)],
      });
      if (error !== undefined) throw new Error(error);
      return typeof json === "string" ? JSON.parse(json) : undefined;
    },
    async close() {
      await driver.send("DELETE", session);
    },
  };
}

interface Answer {
  /** Null where the function gave nothing. */
  readonly json?: string | null;
  readonly error?: string;
}
