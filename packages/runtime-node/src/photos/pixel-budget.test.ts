import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { PixelBudget } from "./pixel-budget.js";

it("never lets more pixels be held than 100 million, and all get their turn", async () => {
  const budget = new PixelBudget();
  let [held, most, done] = [0, 0, 0];
  const sizes = [60e6, 60e6, 30e6, 30e6, 100e6, 10e6, 90e6];
  await Promise.all(
    sizes.map((pixels) =>
      budget.hold(pixels, async () => {
        held += pixels;
        most = Math.max(most, held);
        await wait(5);
        held -= pixels;
        done++;
      }),
    ),
  );
  expect(done).toBe(sizes.length);
  expect(most).toBeLessThanOrEqual(100e6);
  expect(most).toBeGreaterThan(60e6);
});

it("lets a photo of more pixels be held alone", async () => {
  const budget = new PixelBudget();
  const order: string[] = [];
  const small = budget.hold(1, async () => void order.push("small"));
  const large = budget.hold(400e6, async () => void order.push("large"));
  await Promise.all([small, large]);
  expect(order).toEqual(["small", "large"]);
});

it("gives back what work held that failed", async () => {
  const budget = new PixelBudget();
  await expect(budget.hold(100e6, () => Promise.reject(new Error("damaged")))).rejects.toThrow("damaged");
  expect(await budget.hold(100e6, async () => "next")).toBe("next");
});

it("counts what other threads hold, and hears when they are done", async () => {
  const budget = new PixelBudget();
  const worker = new Worker(
    `const held = new Int32Array(require("node:worker_threads").workerData);
    Atomics.add(held, 0, 80e6);
    require("node:worker_threads").parentPort.postMessage("held");
    setTimeout(() => { Atomics.sub(held, 0, 80e6); Atomics.notify(held, 0); }, 50);`,
    { eval: true, workerData: budget.shared },
  );
  await new Promise((resolve) => worker.once("message", resolve));
  expect(await budget.hold(50e6, async () => new Int32Array(budget.shared)[0])).toBe(50e6);
});
