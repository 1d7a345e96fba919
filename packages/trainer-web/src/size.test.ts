// What a page loads to train. The numbers move when someone decides that they should.
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const textOf = (path: string) => readFile(new URL(path, import.meta.url));

it("the worker is below what the readme says", async () => {
  const readme = String(await textOf("../README.md"));
  const stated = Number(/the worker is less than (\d+) kB of script/.exec(readme)![1]);
  const { length } = await textOf("../dist/fleuron-trainer.js");
  expect(length).toBeLessThan(stated * 1000);
});

it("the page's own part is at most 30 kB, and has no part of the worker in it", async () => {
  const page = String(await textOf("../dist/fleuron-trainer-page.js"));
  expect(page.length).toBeLessThanOrEqual(30_000);
  expect(page).not.toContain("InferenceSession");
});

it("what reads ONNX files is below what the readme says, and no part of the worker", async () => {
  const readme = String(await textOf("../README.md"));
  const stated = Number(/`fleuron-importer\.js` \(less than (\d+) kB\)/.exec(readme)![1]);
  expect((await textOf("../dist/fleuron-importer.js")).length).toBeLessThan(stated * 1000);
  expect(String(await textOf("../dist/fleuron-trainer.js"))).not.toContain("auto_pad");
});
