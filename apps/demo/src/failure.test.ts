import { FleuronError } from "@fleuron/model";
import { expect, it } from "vitest";
import { failureOf, photoFailure } from "./failure.js";

it("tells in the page's words that a choice does not work here", () => {
  const error = new FleuronError("execution-provider-unavailable", "webgpu: this browser has no WebGPU.", {
    hint: "Words for programmers.",
  });
  expect(failureOf(error)).toEqual({
    message: "WebGPU: this browser has no WebGPU.",
    hint: 'Choose "automatic" under "Runs on": it takes what this browser has.',
  });
});

it("names the format of a photo that the browser does not read, and only then", async () => {
  const heic = new File(["\0\0\0\x18ftypheic"], "IMG_1.heic");
  const unreadable = new FleuronError("photo-unreadable", "IMG_1.heic cannot be decoded.");
  expect(await photoFailure(unreadable, heic)).toMatchObject({
    message: "IMG_1.heic is a HEIC file, which this browser cannot read.",
  });
  expect(await photoFailure(unreadable, new File(["words"], "a.jpg"))).toBe(unreadable);
  const other = new FleuronError("out-of-memory", "There is not enough memory.");
  expect(await photoFailure(other, heic)).toBe(other);
});
