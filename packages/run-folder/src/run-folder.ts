import { createHash } from "node:crypto";
import { promises as fs } from "node:fs";
import { basename, dirname, join } from "node:path";
import {
  acquireLock,
  isLockFile,
  isTemporary,
  makeFolder,
  readFailure,
  replaceTextFile,
  sweepTemporaryFiles,
  systemCode,
  writeFailure,
} from "@fleuron/files";
import { runFolderError } from "./format/errors.js";
import { type NetworkFile, networkText } from "./format/network-file.js";
import { RUN_FILES } from "./format/run-files.js";
import { decodeRunRecord, encodeRunRecord, type RunRecord } from "./format/run-record.js";
import { LATEST } from "./latest-run.js";

export interface RunFolder {
  readonly path: string;
  /** As it was when the folder was opened. */
  readonly record: RunRecord;
}

/** A run's folder that nobody else writes to until it is disposed. */
export interface WritableRunFolder extends RunFolder, AsyncDisposable {
  /** Replaces `run.json`. */
  writeRecord(record: RunRecord): Promise<void>;
}

/**
 * Makes the folder of a new run, takes its lock and writes `run.json`, after what `prepare` writes: without `run.json` it
 * is no run yet. An empty folder may be there already, and one where a run was killed before it was one. When anything
 * fails, nothing stays.
 * @throws FleuronError `run-folder-exists`, `run-in-use`, `disk-full`, `file-unwritable`,
 * `run-record-invalid`.
 */
export async function createRunFolder(
  path: string,
  record: RunRecord,
  prepare: (path: string) => Promise<void> = () => Promise.resolve(),
): Promise<WritableRunFolder> {
  const graph = networkText(record.plan.network);
  const network = graph === undefined ? undefined : hashed(graph);
  const text = encodeRunRecord(record, join(path, RUN_FILES.record), network?.sha256);
  let made: boolean;
  try {
    made = await makeFolder(path);
  } catch (error) {
    const isThere = systemCode(error) === "EEXIST" && (await fs.lstat(path).catch(() => undefined));
    throw isThere ? exists(path, "is a file") : writeFailure(path, error);
  }
  await requireEmpty(path);
  try {
    return await locked(path, async () => {
      await requireEmpty(path);
      try {
        await prepare(path);
        if (network) await replaceTextFile(join(path, RUN_FILES.network), network.text);
        await replaceTextFile(join(path, RUN_FILES.record), text);
      } catch (error) {
        await removeBeginning(path);
        throw error;
      }
      return { record, network };
    });
  } catch (error) {
    // Another run's by now, it is not empty.
    if (made) await fs.rmdir(path).catch(() => undefined);
    throw error;
  }
}

/** Takes away what stands in a run's folder before `run.json` does. */
async function removeBeginning(path: string): Promise<void> {
  for (const name of beginning) await fs.rm(join(path, name), { force: true }).catch(() => undefined);
}

/**
 * Takes the lock of a run's folder to go on with the run, and removes what a killed process left half-written.
 * @throws FleuronError as {@link openRunFolder} and `run-in-use`, `disk-full`, `file-unwritable`.
 */
export async function reopenRunFolder(path: string): Promise<WritableRunFolder> {
  await readRecord(path);
  return locked(path, () => readRecord(path));
}

/**
 * Opens a run's folder for reading; it may be in use.
 * @throws FleuronError `run-folder-not-found`, `run-record-missing`, `run-record-invalid`,
 * `run-record-newer`, `file-unreadable`.
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  return { path, record: (await readRecord(path)).record };
}

async function locked(path: string, prepare: () => Promise<ReadRecord>): Promise<WritableRunFolder> {
  const lock = await acquireLock(path);
  try {
    await sweepTemporaryFiles(path);
    const file = join(path, RUN_FILES.record);
    const { record, network } = await prepare();
    return {
      path,
      record,
      writeRecord: (changed) => replaceTextFile(file, encodeRunRecord(changed, file, network?.sha256)),
      [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Says early that {@link createRunFolder} would refuse a folder.
 * @throws FleuronError `run-folder-exists`, `file-unreadable`, `file-unwritable` where it cannot be made.
 */
export async function requireNewRunFolder(path: string): Promise<void> {
  if (basename(path) === LATEST) throw exists(path, "is the place of the file that names the latest run");
  const stat = await fs.stat(path).catch(() => undefined);
  if (stat === undefined) return requireWritableAbove(path);
  if (!stat.isDirectory()) throw exists(path, "is a file");
  await requireEmpty(path);
}

async function requireWritableAbove(path: string): Promise<void> {
  let above = dirname(path);
  while (!(await fs.stat(above).catch(() => undefined))?.isDirectory()) {
    if (await fs.lstat(above).catch(() => undefined)) throw exists(above, "is a file");
    if (dirname(above) === above) return;
    above = dirname(above);
  }
  await fs
    .access(above, fs.constants.W_OK)
    .catch((cause: unknown) => Promise.reject(writeFailure(path, cause)));
}

async function requireEmpty(path: string): Promise<void> {
  const names = await list(path);
  const other = names.find((name) => !isBeginning(name));
  if (other !== undefined) throw exists(path, "exists and is not empty");
}

/** What a run that was killed before its `run.json` leaves, which nobody misses. */
const isBeginning = (name: string): boolean =>
  isLockFile(name) || isTemporary(name) || beginning.includes(name);

const beginning: readonly string[] = [RUN_FILES.split, RUN_FILES.network, RUN_FILES.initial];

interface ReadRecord {
  readonly record: RunRecord;
  readonly network: NetworkFile | undefined;
}

async function readRecord(path: string): Promise<ReadRecord> {
  const file = join(path, RUN_FILES.record);
  try {
    const text = await fs.readFile(file, "utf8");
    const network = await readNetwork(path);
    return { record: decodeRunRecord(text, file, network), network };
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOTDIR") throw notFound(path, "is a file, not a run's folder", error);
    if (code === "ENOENT") throw await missingRecord(path, error);
    if (code?.startsWith("E")) throw readFailure(file, error);
    throw error;
  }
}

async function readNetwork(path: string): Promise<NetworkFile | undefined> {
  const file = join(path, RUN_FILES.network);
  try {
    return hashed(await fs.readFile(file, "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw readFailure(file, error);
  }
}

const hashed = (text: string): NetworkFile => ({
  text,
  sha256: createHash("sha256").update(text).digest("hex"),
});

async function missingRecord(path: string, cause: unknown) {
  try {
    await fs.access(path);
  } catch {
    return notFound(path, "does not exist", cause);
  }
  return runFolderError("run-record-missing", `${path} is not a run: it has no ${RUN_FILES.record}.`, {
    subject: path,
    hint: "Give the folder that training made, such as runs/modern-….",
    cause,
  });
}

async function list(path: string): Promise<string[]> {
  try {
    return await fs.readdir(path);
  } catch (error) {
    throw readFailure(path, error);
  }
}

const exists = (path: string, what: string) =>
  runFolderError("run-folder-exists", `${path} ${what}.`, {
    subject: path,
    hint: "Choose another folder with `out`, or continue the run that is there with `resume`.",
  });

const notFound = (path: string, what: string, cause: unknown) =>
  runFolderError("run-folder-not-found", `The run's folder ${path} ${what}.`, {
    subject: path,
    hint: "Check the path: a run's folder has a run.json.",
    cause,
  });
