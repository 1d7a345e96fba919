// The built command as a child process that loses what it writes to: its terminal, its reader, its disk.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const main = fileURLToPath(new URL("../dist/bundled/main.js", import.meta.url));
/** Linux has it, other systems do not. */
const FULL = "/dev/full";
const hasFull = existsSync(FULL);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-outlive-"));
  for (const [label, name] of ["daisy", "rose"].entries()) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let seed = 0; seed < 12; seed++) {
      const photo = await encodeJpeg(drawFlower({ label, seed, width: 80, height: 64 }));
      await writeFile(join(folder, "photos", name, `${seed}.jpg`), photo);
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const small = "--width 0.03 --image-size 67 --batch-size 2 --threads 1 --engine onnx-cpu".split(" ");
const trainInto = (run: string, ...more: readonly string[]) =>
  ["train", "--data", "photos", "--out", run, ...small, ...more] as const;

function start(argv: readonly string[], stdout: "pipe" | number = "pipe"): ChildProcess {
  return spawn(process.execPath, [main, ...argv], {
    cwd: folder,
    env: { ...process.env, FLEURON_CACHE: join(folder, "cache") },
    stdio: ["ignore", stdout, "pipe"],
  });
}

/** How a child ended, and what it wrote to standard error. */
async function endOf(child: ChildProcess) {
  const pieces: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => pieces.push(piece));
  const [code, signal] = await once(child, "close");
  return { code, signal, stderr: pieces.join("") };
}

async function textSeen(stream: Readable, words: string | RegExp): Promise<void> {
  let text = "";
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    text += piece;
    if (text.search(words) >= 0) return;
  }
  throw new Error(`'${words}' was never written, but this: ${text}`);
}

async function expectSaved(run: string, status: "completed" | "stopped") {
  const record = JSON.parse(await readFile(join(folder, run, "run.json"), "utf8"));
  expect(record.status).toBe(status);
  expect(existsSync(join(folder, run, "last.safetensors"))).toBe(true);
  expect(existsSync(join(folder, run, "lock"))).toBe(false);
}

/** util-linux's script(1), which makes a terminal. */
const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

/** Runs a command in a terminal that is closed once it shows `seen`, and tells the exit code that the shell noted. */
async function codeWithoutTerminal(
  argv: readonly string[],
  { seen, shell }: { readonly seen: string; readonly shell: (command: string) => string },
): Promise<string> {
  const code = join(folder, "code");
  await rm(code, { force: true });
  const command = `${shell(`'${[process.execPath, main, ...argv].join("' '")}'`)}; echo $? > code.new; mv code.new code`;
  const terminal = spawn("script", ["--quiet", "--command", command, "/dev/null"], {
    cwd: folder,
    env: { ...process.env, FLEURON_CACHE: join(folder, "cache"), TERM: "xterm", SHELL: "/bin/sh" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await textSeen(terminal.stdout, seen);
  terminal.kill("SIGKILL");
  return vi.waitFor(() => readFile(code, "utf8"), { timeout: 100_000 });
}

describe("a run", () => {
  it("whose terminal says that it hangs up saves and ends with 129", async () => {
    const child = start(trainInto("hung-up", "--epochs", "1000", "--json"));
    const end = endOf(child);
    await textSeen(child.stdout!, '"type":"step"');
    child.stdout!.resume();
    child.kill("SIGHUP");
    expect(await end).toMatchObject({
      code: 129,
      stderr: expect.stringContaining("To continue: pnpm train"),
    });
    await expectSaved("hung-up", "stopped");
  });

  describe.skipIf(!hasScript)("whose terminal is closed", () => {
    it("saves and ends with 129 where the shell hands the hang-up on", async () => {
      const code = await codeWithoutTerminal(trainInto("closed", "--epochs", "1000"), {
        seen: "img/s",
        shell: (command) => `${command} & child=$!; trap "kill -HUP $child" HUP; wait $child; wait $child`,
      });
      expect(code).toBe("129\n");
      await expectSaved("closed", "stopped");
    });
    it("goes on to its end where nobody tells it", async () => {
      const code = await codeWithoutTerminal(trainInto("untold", "--epochs", "1"), {
        seen: "Training on",
        shell: (command) => `trap "" HUP; ${command}`,
      });
      expect(code).toBe("0\n");
      await expectSaved("untold", "completed");
    });
  });

  it("whose reader has seen enough goes on to its end, and says so", async () => {
    const child = start(trainInto("unread", "--epochs", "1"));
    const end = endOf(child);
    await textSeen(child.stdout!, "Training on photos");
    child.stdout!.destroy();
    const warning = "warning: Standard output was closed; training continues without it";
    expect(await end).toMatchObject({ code: 0, stderr: expect.stringContaining(warning) });
    await expectSaved("unread", "completed");
  });

  it.skipIf(!hasFull)("whose output fills its disk goes on to its end, and says so once", async () => {
    const { code, stderr } = await endOf(start(trainInto("full", "--epochs", "1"), openSync(FULL, "w")));
    expect(code).toBe(0);
    expect(stderr).toBe(
      "warning: Standard output cannot be written any more (ENOSPC: no space left on device); " +
        "training continues without it.\n",
    );
    await expectSaved("full", "completed");
  });
});

describe("a command whose answer does not arrive", () => {
  it.skipIf(!hasFull).each([[["summary"]], [["summary", "--json"]], [["--help"]]])(
    "%j says why and ends with 1",
    async (argv) => {
      expect(await endOf(start(argv, openSync(FULL, "w")))).toEqual({
        code: 1,
        signal: null,
        stderr: "error: Standard output cannot be written: ENOSPC: no space left on device.\n",
      });
    },
  );

  it("ends quietly when its reader has seen enough", async () => {
    const child = start(["summary"]);
    child.stdout!.destroy();
    expect(await endOf(child)).toEqual({ code: 0, signal: null, stderr: "" });
  });
});
