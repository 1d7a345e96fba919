import { FleuronError } from "@fleuron/model";
import type { TrainingEngine } from "@fleuron/training";
import { expect, it } from "vitest";
import { onEngines } from "./on-engines.js";

/** Engines that lose their GPU in turn, and what was done with them. */
function lab(losses: number) {
  const done: string[] = [];
  const engine = (name: string): TrainingEngine =>
    ({
      description: { engine: name },
      [Symbol.asyncDispose]: async () => void done.push(`end ${name}`),
    }) as never;
  let left = losses;
  const work = onEngines(
    engine("first"),
    async ({ description }) => {
      done.push(`train on ${description.engine}`);
      if (left-- > 0) throw new FleuronError("device-lost", "gone");
      return "trained";
    },
    async (engines) => engine(engines?.join() ?? "the best"),
  );
  return { done, work };
}

it("trains once more where a GPU was lost, and after a second one on WASM alone", async () => {
  const { done, work } = lab(2);
  expect(await work).toBe("trained");
  expect(done).toEqual([
    ...["train on first", "end first"],
    ...["train on the best", "end the best"],
    ...["train on wasm", "end wasm"],
  ]);
});

it("passes on what else goes wrong, and ends the engine", async () => {
  const done: string[] = [];
  const engine = { [Symbol.asyncDispose]: async () => void done.push("end") } as never;
  const reopen = () => Promise.reject(new Error("never asked"));
  const work = onEngines(engine, () => Promise.reject(new Error("other")), reopen);
  await expect(work).rejects.toThrow("other");
  expect(done).toEqual(["end"]);
});
