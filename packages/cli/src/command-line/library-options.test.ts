import { verifyBundleOptions, writeBundleOptions } from "@fleuron/export/options";
import type { Option, OptionRecord } from "@fleuron/model/options";
import { loadClassifierOptions } from "@fleuron/runtime-node/options";
import {
  checkDatasetOptions,
  evaluateOptions,
  makeDrawnOptions,
  predictOptions,
  predictToFileOptions,
  reportOptions,
  trainedRunOptions,
  trainOptions,
} from "@fleuron/trainer/options";
import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";
import { flagOf } from "./flag.js";

const { precisions: precision, ...written } = writeBundleOptions;
const { tinyBelow: tiny, ...checkedToo } = checkDatasetOptions;
const { network, width, imageSize } = trainOptions;

it.each<readonly [command: string, OptionRecord]>([
  ["train", trainOptions],
  ["evaluate", { ...evaluateOptions, ...loadClassifierOptions }],
  ["predict", { ...predictOptions, ...predictToFileOptions }],
  ["report", reportOptions],
  ["export", { ...written, precision, checkpoint: trainedRunOptions.checkpoint, data: evaluateOptions.data }],
  ["verify", { ...verifyBundleOptions, data: evaluateOptions.data }],
  ["data check", { ...checkedToo, tiny }],
  ["data make", makeDrawnOptions],
  ["summary", { network, width, imageSize }],
])("%s has the flags, values, help and defaults of the library's record", async (command, record) => {
  const { stdout } = await runInProcess([...command.split(" "), "--help"], {
    trainer: fakeTrainer(),
    columns: 1000,
  });
  for (const [name, option] of Object.entries<Option>(record)) {
    const { help, value, default: fallback, defaultHelp } = option;
    if (help === undefined) continue;
    const flag = value === undefined ? flagOf(name) : `${flagOf(name)} <${value}>`;
    const line = stdout.split("\n").find((each) => each.trimStart().startsWith(`${flag} `));
    expect(line, flag).toContain(help);
    const words = defaultHelp ?? fallback;
    if (typeof words === "string" || typeof words === "number")
      expect(line, flag).toContain(`(default: ${words}`);
  }
});
