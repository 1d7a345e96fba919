import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { peakRssBytes } from "../dist/peak-memory.js";

const MEBIBYTE = 1024 ** 2;

it("holds what this process has had, after it is given back", () => {
  const before = peakRssBytes();
  new Uint8Array(256 * MEBIBYTE).fill(1);
  expect(peakRssBytes()).toBeGreaterThan(before + 200 * MEBIBYTE);
});

it.runIf(process.platform === "linux")("has nothing of the process that started it", () => {
  new Uint8Array(256 * MEBIBYTE).fill(1);
  const module = JSON.stringify(fileURLToPath(new URL("../dist/peak-memory.js", import.meta.url)));
  const child = `import(${module}).then(({ peakRssBytes }) => console.log(peakRssBytes()))`;
  const its = Number(execFileSync(process.execPath, ["-e", child], { encoding: "utf8" }));
  expect(its).toBeLessThan(peakRssBytes() - 128 * MEBIBYTE);
});
