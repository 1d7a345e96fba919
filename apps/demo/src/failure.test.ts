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

it.each([
  "browser-unsupported",
  "worker-failed",
  "timed-out",
  "http-status",
  "html-instead",
  "network-failed",
  "integrity-mismatch",
])("gives visitors no hint for programmers: %s", (code) => {
  const { message, hint } = failureOf(new FleuronError(code, "It failed.", { hint: "Set `stepTimeout`." }));
  expect(message).toBe("It failed.");
  expect(hint).toMatch(/[a-z]{2}\.$/);
  expect(hint).not.toMatch(/stepTimeout/);
});

it("leaves hints that are for everyone as they are", () => {
  const error = new FleuronError("photo-unreadable", "1.jpg is damaged.", { hint: "Take another." });
  expect(failureOf(error).hint).toBe("Take another.");
});
