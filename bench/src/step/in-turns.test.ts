import { beforeAll, expect, it } from "vitest";
import type { Contender } from "./contender.js";
import { inTurns, warmUp } from "./in-turns.js";
import { smallStep } from "./small-step.js";
import type { Step } from "./step.js";
import { WorkMeter } from "./work-meter.js";

class GPUComputePassEncoder {
  dispatchWorkgroups() {}
}
class GPUBuffer {
  destroy() {}
}
class GPUDevice {
  createBuffer(_: { readonly size: number }) {
    return new GPUBuffer();
  }
}
const classes = { GPUComputePassEncoder, GPUBuffer, GPUDevice };
const meter = new WorkMeter(classes as unknown as ConstructorParameters<typeof WorkMeter>[0]);

let step: Step;
beforeAll(async () => {
  step = await smallStep();
});

/** One whose steps have those losses, and dispatch one kernel more each time. */
function contender(name: string, losses: readonly number[], turns: string[] = []): Contender {
  return {
    name,
    async open() {
      new GPUDevice().createBuffer({ size: 4 });
      let taken = 0;
      const step = async () => {
        turns.push(name);
        for (let kernel = 0; kernel <= taken; kernel++) new GPUComputePassEncoder().dispatchWorkgroups();
        return losses[taken++] ?? 0;
      };
      return name === "telling" ? { step, kernels: async () => ({ conv2d: 3 }) } : { step };
    },
  };
}

it("warms one up after the other, and takes a step of each in every round", async () => {
  const turns: string[] = [];
  const losses = [3, 2, 1];
  const measured = await inTurns([contender("a", losses, turns), contender("b", losses, turns)], step, {
    steps: 2,
    meter,
  });
  expect(warmUp).toBe(3);
  expect(turns.join("")).toBe("aaabbbabab");
  expect(measured).toMatchObject([
    { name: "a", dispatchesPerStep: 5, bufferBytes: 4 },
    { name: "b", dispatchesPerStep: 5, bufferBytes: 4 },
  ]);
  for (const { steps, secondsToFirstStep } of measured) {
    expect(steps).toHaveLength(2);
    expect(secondsToFirstStep).toBeGreaterThan(0);
  }
});

it("has the times of kernels of those that tell them, where kernels compute", async () => {
  const measured = await inTurns([contender("telling", []), contender("b", [])], step, { steps: 1, meter });
  expect(measured.map(({ kernels }) => kernels)).toEqual([{ conv2d: 3 }, undefined]);
  const [idle] = await inTurns([contender("telling", [])], step, { steps: 1, meter, computes: false });
  expect(idle).not.toHaveProperty("kernels");
});

it("takes losses of four equal digits for those of the same step", async () => {
  const close = inTurns([contender("a", [3, 2, 1]), contender("b", [3.0001, 2, 1])], step, {
    steps: 1,
    meter,
  });
  await expect(close).resolves.toHaveLength(2);
});

it.each([
  ["the first loss", [3.001, 2, 1]],
  ["the one after its momentum", [3, 2, 1.001]],
  ["no number", [3, Number.NaN, 1]],
])("refuses to time steps that differ in %s", async (_, losses) => {
  const turns: string[] = [];
  const refused = inTurns([contender("ours", [3, 2, 1], turns), contender("theirs", losses, turns)], step, {
    steps: 9,
    meter,
  });
  await expect(refused).rejects.toMatchObject({
    code: "losses-differ",
    subject: "theirs",
    message: expect.stringMatching(/^The first losses are 3\.00000, .* in ours and .* in theirs: /),
  });
  expect(turns).toHaveLength(2 * warmUp);
});
