// Programs of the user's machine: found as a shell finds them, run without one.
import { execFile } from "node:child_process";
import { constants, promises as fs } from "node:fs";
import path from "node:path";
import { machineError } from "../errors.js";

/** The first of these programs that is on the search path; a name with a slash is a path. */
export async function findProgram(
  names: readonly string[],
  searchPath = process.env.PATH ?? "",
): Promise<string | undefined> {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== "");
  for (const name of names) {
    const candidates = name.includes("/") ? [name] : folders.map((folder) => path.join(folder, name));
    for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** Beside those of this process. */
  readonly env?: { readonly [name: string]: string };
  /** What it was doing, for the message: "compile the addon". */
  readonly task: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a program wrote, when it succeeded.
 *
 * @throws FleuronError "program-failed" with the end of what it wrote; `signal.reason`.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, task, signal }: ProgramOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const options = {
      maxBuffer: 64e6,
      env: { ...process.env, ...env },
      ...(cwd !== undefined && { cwd }),
      ...(signal && { signal }),
    };
    execFile(program, [...args], options, (cause, stdout, stderr) => {
      if (cause === null) resolve({ stdout, stderr });
      else if (signal?.aborted) reject(signal.reason);
      else {
        const words = lastLines(stderr || stdout) || cause.message;
        const message = `${path.basename(program)} could not ${task}: ${words}`;
        reject(machineError("program-failed", message, { subject: program, cause }));
      }
    });
  });
}

const LINES = 12;

const lastLines = (text: string): string => text.trim().split("\n").slice(-LINES).join("\n");
