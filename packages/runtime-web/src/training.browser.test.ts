// The trainer's portable entry learns in a browser as it does in Node.
import * as ort from "onnxruntime-node";
import { expect, it } from "vitest";
import { bundleForPage } from "./fixtures/bundle-for-page.js";
import { openLab } from "./fixtures/lab.js";
import type * as TrainInPage from "./fixtures/train-in-page.js";
import { trainOneStep } from "./fixtures/training-step.js";

declare global {
  interface Window {
    training: typeof TrainInPage;
  }
}

it("a training step in a page has the loss and the gradients that it has in Node", async () => {
  await using lab = await openLab({ files: { "/training.js": await bundleForPage("train-in-page.ts") } });
  const page = await lab.page();
  await page.addScriptTag({
    type: "module",
    content: 'import * as training from "/training.js"; window.training = training;',
  });
  await page.waitForFunction(() => window.training !== undefined);
  const inPage = await page.evaluate(() => window.training.step());
  const inNode = await trainOneStep(ort);

  expect(Math.abs(inPage.loss - inNode.loss)).toBeLessThan(1e-4 * inNode.loss);
  expect(inPage.correctCount).toBe(inNode.correctCount);
  const names = Object.keys(inNode.changes);
  expect(names).toEqual(expect.arrayContaining(["weights/conv1/kernel", "weights/batchNorm5/gamma"]));
  expect(names.filter((name) => name.startsWith("statistics/"))).not.toEqual([]);
  expect(Object.keys(inPage.changes)).toEqual(names);
  for (const [name, expected] of Object.entries(inNode.changes)) {
    const difference = normOf(inPage.changes[name]!.map((value, index) => value - expected[index]!));
    expect(difference, name).toBeLessThan(1e-4 * normOf(expected));
  }
});

const normOf = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
