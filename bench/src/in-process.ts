import { fork } from "node:child_process";

/**
 * Runs a module of this folder in a process of its own, so that its peak memory is its own.
 * @returns what it reports. Rejects where it ends with another code than 0, whatever it has reported.
 */
export function inProcess<Result>(
  module: string,
  options: object,
  environment: Readonly<Record<string, string>> = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(`./${module}.js`, import.meta.url), [JSON.stringify(options)], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, ...environment },
    });
    let result: Result | undefined;
    child.on("message", (message) => {
      result = message as Result;
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (code !== 0) reject(new Error(`${module} ended with ${signal ?? `code ${code}`}.`));
      else if (result === undefined) reject(new Error(`${module} ended without a result.`));
      else resolve(result);
    });
  });
}

/** In such a process: the options that it was given. */
export const givenOptions = <Options>(): Options => JSON.parse(process.argv[2]!) as Options;

export const report = (result: object): void => {
  process.send?.(result);
};
