import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DrivenBrowser, DrivenPage } from "../driven-browser.js";
import { BidiConnection } from "./bidi.js";

/** What WebDriver BiDi does not switch off by itself: all that asks other servers than the tests' own. */
const QUIET = {
  "app.normandy.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
};

/**
 * Starts a headless Firefox with a profile of its own, to be driven over WebDriver BiDi. Disposing it ends it.
 * @param executable as `findFirefox` gives it.
 */
export async function launchFirefox(executable: string): Promise<DrivenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "fleuron-firefox-"));
  const lines = Object.entries(QUIET).map(
    (pair) => `user_pref(${pair.map((part) => JSON.stringify(part))});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(
    executable,
    ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));
  const remove = async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const connection = await BidiConnection.open(await addressOf(child, executable));
    return {
      page: (address) => openPage(connection, address),
      async [Symbol.asyncDispose]() {
        await connection.send("browser.close").catch(() => undefined);
        await remove();
      },
    };
  } catch (cause) {
    await remove();
    throw cause;
  }
}

/** The address of its BiDi server, as it prints it on standard error. */
async function addressOf(child: ChildProcess, executable: string): Promise<string> {
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  const told = (async () => {
    let last = "";
    for await (const line of createInterface(child.stderr!)) {
      const [, address] = /^WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (address) return address;
      last = line;
    }
    throw new Error(`${executable} ended before it could be driven: ${last}`);
  })();
  const address = await Promise.race([told, failed]);
  child.stderr!.resume();
  return address;
}

async function openPage(connection: BidiConnection, address: string): Promise<DrivenPage> {
  const { userContext } = await connection.send<{ userContext: string }>("browser.createUserContext");
  const { context } = await connection.send<{ context: string }>("browsingContext.create", {
    type: "tab",
    userContext,
  });
  await connection.send("browsingContext.navigate", { context, url: address, wait: "complete" });
  return {
    async evaluate(work, argument) {
      const answer = await connection.send<ScriptAnswer>("script.callFunction", {
        functionDeclaration: `async (json) => JSON.stringify(await (${work})(JSON.parse(json)))`,
        arguments: [{ type: "string", value: JSON.stringify(argument ?? null) }],
        awaitPromise: true,
        target: { context },
      });
      if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
      return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
    },
    async close() {
      await connection.send("browser.removeUserContext", { userContext });
    },
  };
}

type ScriptAnswer =
  | { readonly type: "success"; readonly result: { readonly value?: string } }
  | { readonly type: "exception"; readonly exceptionDetails: { readonly text: string } };
