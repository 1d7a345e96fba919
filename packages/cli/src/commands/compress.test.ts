import type { CompressOptions } from "@fleuron/compress";
import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { runInProcess } from "../fixtures/run-in-process.js";

const figures = { valLoss: 0.61234, milliseconds: 12.34 };
const steps = [
  { step: "trained", parameters: 58_307_333, bytes: 24_000_000, valAccuracy: 0.81, ...figures },
  { step: "rounded", parameters: 3_500_000, bytes: 1_940_000, valAccuracy: 0.805, ...figures },
] as const;

async function fleuron(...argv: readonly string[]) {
  const asked: CompressOptions[] = [];
  const compressor = {
    async *compress(options: CompressOptions) {
      asked.push(options);
      yield { type: "warning", code: "photos-too-few", message: "Too few for `maxDrop`." } as const;
      return { folder: "/runs/small", valCount: 690, steps };
    },
  };
  const ended = await runInProcess(["compress", ...argv], { trainer: fakeTrainer(), compressor });
  return { ...ended, asked: asked[0] };
}

it("cuts the latest run down, and shows each step", async () => {
  const { exitCode, stdout, stderr, asked } = await fleuron("--out", "runs/small", "--target-bytes", "1.5MB");
  expect(exitCode).toBe(0);
  expect(asked).toMatchObject({ run: "runs/latest-one", out: "runs/small", targetBytes: 1_500_000 });
  expect(stdout).toMatch(/rounded +3,500,000 +1\.9 MB +80\.5% +0\.6123 +12\.3 ms/);
  expect(stdout).toContain("Measured on 690 validation photos: 0.5 points less than as trained.");
  expect(stderr).toContain("Too few for --max-drop.");
});

it("gives one line of JSON", async () => {
  const { stdout } = await fleuron("--out", "runs/small", "--json");
  expect(jsonLines(stdout)).toEqual([{ folder: "/runs/small", valCount: 690, steps }]);
});

it.each([
  [["--out", "a", "--target-bytes", "small"], "'--target-bytes' must be a size such as 2MB or 800kB"],
  [["--out", "a", "--target-bytes", "0"], "'--target-bytes' must be a size such as 2MB or 800kB"],
  [[], "--out"],
])("refuses %j", async (argv, message) => {
  const { exitCode, stderr, asked } = await fleuron(...argv);
  expect([exitCode, asked]).toEqual([2, undefined]);
  expect(stderr).toContain(message);
});
