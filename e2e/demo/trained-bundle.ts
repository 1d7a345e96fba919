/** A folder with drawn photos, a small network that has learnt them, and its bundle: all through the command line. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { environmentIn, fleuronIn, main } from "../fleuron.js";

/** What is drawn, by its number in `drawFlower`. */
const kinds = { aster: 0, crocus: 2 } as const;

export interface UnseenPhoto {
  readonly path: string;
  readonly label: string;
}

export interface Workplace extends AsyncDisposable {
  readonly folder: string;
  readonly bundle: string;
  /** Photos that no network was trained on. */
  readonly photos: readonly UnseenPhoto[];
  /** What a command prints with --json, line by line. */
  fleuron(...args: string[]): Promise<readonly unknown[]>;
  /** Runs until it is ended. Default: over the latest run. */
  serveDemo(...args: string[]): Promise<ServedDemo>;
}

export interface ServedDemo {
  readonly url: string;
  readonly bundle: string;
  /** Ends as Ctrl-C does, and gives the exit code. */
  end(): Promise<number | null>;
}

export async function createWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-demo-"));
  const env = environmentIn(folder);
  const children: ChildProcess[] = [];
  const draw = async (path: string, label: number, seed: number) => {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), await encodeJpeg(drawFlower({ label, seed, width: 90, height: 80 })));
    return join(folder, path);
  };
  const fleuron = fleuronIn(folder);
  async function serveDemo(...args: string[]): Promise<ServedDemo> {
    const line = [main, "demo", "--port", "0", "--json", ...args];
    const child = spawn(process.execPath, line, { cwd: folder, env });
    children.push(child);
    const [answer] = (await once(createInterface(child.stdout), "line")) as [string];
    const { url, bundle } = JSON.parse(answer) as { readonly url: string; readonly bundle: string };
    return {
      url,
      bundle,
      async end() {
        child.kill("SIGINT");
        const [code] = (await once(child, "exit")) as [number | null];
        return code;
      },
    };
  }

  const photos: UnseenPhoto[] = [];
  for (const [label, kind] of Object.entries(kinds)) {
    for (let index = 0; index < 24; index++)
      await draw(`photos/${label}/${index}.jpg`, kind, kind * 100 + index);
    for (const name of [label, `second-${label}`])
      photos.push({ path: await draw(`unseen/${name}.jpg`, kind, 7000 + photos.length), label });
  }
  const size = ["--width", "0.1", "--image-size", "67", "--batch-size", "8", "--epochs", "10"];
  await fleuron("train", "--data", "photos", "--out", "runs/first", "--recipe", "quick", ...size);
  await fleuron("export", "--format", "all", "--precision", "float32,float16,int8");
  return {
    folder,
    bundle: join(folder, "runs/first/bundle"),
    photos,
    fleuron,
    serveDemo,
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
