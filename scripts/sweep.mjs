// What scripts have in common that train many runs: options of their own beside those of `train`, and runs that are not repeated.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const program = fileURLToPath(new URL("../packages/cli/dist/bundled/main.js", import.meta.url));

/** Ends with one line, as the program does: 2 where the command line is wrong, 1 where a run fails. */
export function endWith(message, code = 2) {
  console.error(`error: ${message}`);
  process.exit(code);
}

/**
 * The command line's words: those that stand alone, values of the options in `defaults`, and what is passed on to `train`.
 * `runs`, if nobody names a folder, is a new temporary one.
 */
export function sweepOptions(defaults) {
  const [passedOn, alone] = [[], []];
  const own = { ...defaults, runs: "" };
  for (let words = process.argv.slice(2); words.length > 0; ) {
    const [word, ...rest] = words;
    const [value] = rest;
    const isFlag = word.startsWith("--");
    const values = !isFlag || value === undefined || value.startsWith("--") ? [] : [value];
    const name = word.replace(/^--/, "");
    if (!isFlag) alone.push(word);
    else if (name in own) own[name] = values[0];
    else passedOn.push(word, ...values);
    words = rest.slice(values.length);
  }
  if (!passedOn.includes("--data")) endWith("Give photos with --data, a folder per class.");
  own.runs ||= mkdtempSync(join(tmpdir(), "fleuron-sweep-"));
  return { ...own, passedOn, alone };
}

/** The record of the run of that name, after training it, or going on with it, unless it is complete already. */
export function finishedRun(run, wordsOfTrain) {
  const record = join(run, "run.json");
  const read = () => JSON.parse(readFileSync(record, "utf8"));
  const isComplete = () => existsSync(record) && read().status === "completed";
  if (!isComplete()) {
    const words = existsSync(record)
      ? ["train", "--resume", run, "--skip-report"]
      : ["train", ...wordsOfTrain, "--skip-report", "--out", run];
    const { status } = spawnSync(process.execPath, [program, ...words], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0 || !isComplete())
      endWith(`${run} did not come to its end; the same command with --runs ${dirname(run)} goes on.`, 1);
  }
  return read();
}

export const percent = (share) => `${(100 * share).toFixed(1)}%`;
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
