import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendMetrics, readMetrics, truncateMetrics } from "./metrics-file.js";

const epoch = (number: number) => ({
  epoch: number,
  loss: 1.5,
  accuracy: 0.5,
  valLoss: 1.25,
  valAccuracy: 0.625,
  learningRate: 0.01,
  seconds: 10,
  imagesPerSecond: 20,
  dataWait: 0.01,
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-metrics-"));
  file = join(folder, "metrics.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

describe("metrics.jsonl", () => {
  it("has a line per epoch, and none before the first", async () => {
    expect(await readMetrics(folder)).toEqual([]);
    await appendMetrics(folder, epoch(1));
    await appendMetrics(folder, epoch(2));
    expect(await readMetrics(folder)).toEqual([epoch(1), epoch(2)]);
    expect((await readFile(file, "utf8")).split("\n")).toHaveLength(3);
  });

  it("is cut to the epochs that a checkpoint has, a torn last line with them", async () => {
    await appendMetrics(folder, epoch(1));
    await appendMetrics(folder, epoch(2));
    await appendFile(file, '{"epoch":3,"lo');
    expect(await readMetrics(folder)).toHaveLength(2);
    await truncateMetrics(folder, 2);
    await appendMetrics(folder, epoch(3));
    expect(await readMetrics(folder)).toEqual([epoch(1), epoch(2), epoch(3)]);
    await truncateMetrics(folder, 0);
    expect(await readMetrics(folder)).toEqual([]);
  });

  it("says that a checkpoint has more epochs than there are lines", async () => {
    await appendMetrics(folder, epoch(1));
    await expect(truncateMetrics(folder, 2)).rejects.toMatchObject({
      code: "metrics-invalid",
      subject: file,
    });
  });

  it("names the line that is damaged", async () => {
    await writeFile(file, `${JSON.stringify(epoch(1))}\nnonsense\n`);
    await expect(readMetrics(folder)).rejects.toMatchObject({
      code: "metrics-invalid",
      message: `Line 2 of ${file} is not an epoch's metrics: it is not JSON.`,
    });
  });

  it("takes no number that JSON cannot hold", async () => {
    await expect(appendMetrics(folder, { ...epoch(1), valLoss: Number.NaN })).rejects.toMatchObject({
      code: "metrics-invalid",
      message: expect.stringContaining("'valLoss'"),
    });
    expect(await readMetrics(folder)).toEqual([]);
  });
});
