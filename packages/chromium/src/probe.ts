/** Whether an executable starts here at all: `--version` loads every library that Chromium needs. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";

export interface ProbeOptions {
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 20_000;

/**
 * The reason why `executable --version` fails, or undefined if it succeeds. On Windows, where that would open a
 * window, existing must do.
 * @throws the signal's reason when aborted.
 */
export async function startFailure(
  executable: string,
  options: ProbeOptions = {},
): Promise<string | undefined> {
  if (process.platform !== "win32") return versionFailure(executable, options);
  return access(executable).then(
    () => undefined,
    () => "there is no such file",
  );
}

function versionFailure(executable: string, options: ProbeOptions): Promise<string | undefined> {
  const { environment, signal } = options;
  return new Promise((resolve, reject) => {
    execFile(
      executable,
      ["--version"],
      { env: { ...process.env, ...environment }, timeout: TIMEOUT_MS, ...(signal && { signal }) },
      (error, _stdout, stderr) => {
        if (signal?.aborted) reject(signal.reason);
        else resolve(error ? lastLine(stderr) || error.message : undefined);
      },
    );
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
