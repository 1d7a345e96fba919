import { FleuronError } from "@fleuron/model";
import { expect, it } from "vitest";
import { failureOf } from "./failure.js";

it("tells in the page's words that a choice does not work here", () => {
  const error = new FleuronError("execution-provider-unavailable", "webgpu: this browser has no WebGPU.", {
    hint: "Words for programmers.",
  });
  expect(failureOf(error)).toEqual({
    message: "WebGPU: this browser has no WebGPU.",
    hint: 'Choose "automatic" under "Runs on": it takes what this browser has.',
  });
});
