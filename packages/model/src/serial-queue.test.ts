import { expect, it } from "vitest";
import { SerialQueue } from "./serial-queue.js";

it("does one thing at a time, in order, whatever fails", async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const work = (name: string, fails = false) =>
    queue.add(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const [first, second] = [work("first", true), work("second")];
  await queue.idle();
  expect(log).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  await expect(first).rejects.toThrow("first");
  await expect(second).resolves.toBe("second");
});
