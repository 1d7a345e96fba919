import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { outOfMemory } from "./out-of-memory.js";

describe("a lack of memory", () => {
  it.each([
    new RangeError("Array buffer allocation failed"),
    new RangeError("Invalid typed array length: 12884901888"),
    new RangeError("WebAssembly.Memory(): could not allocate memory"),
    new Error("Worker terminated due to reaching memory limit: JS heap out of memory"),
    new Error("Status Message: std::bad_alloc"),
    new Error(
      "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 102760448",
    ),
    new Error("OOM when allocating tensor with shape[6,8,14,12]"),
    new Error("ENOMEM: not enough memory, read"),
    "std::bad_alloc",
  ])("is recognised in the words of %s", (cause) => {
    expect(outOfMemory(cause, 32)).toMatchObject({
      code: "out-of-memory",
      message: "32 photos per step do not fit into memory.",
      subject: "batchSize",
      hint: "Try `batchSize` 16, or a smaller `width` or `imageSize`.",
      cause,
    });
  });

  it("is the GPU's where a device has too little", () => {
    const cause = new FleuronError("device-memory", "The GPU is asked for 900 MB in buffers.");
    expect(outOfMemory(cause, 32)).toMatchObject({
      message: "32 photos per step do not fit into the GPU's memory.",
      hint: "Try `batchSize` 16, or a smaller `width` or `imageSize`.",
      cause,
    });
  });

  it("for one photo suggests a smaller network", () => {
    expect(outOfMemory("std::bad_alloc", 1)?.hint).toBe("Try a smaller `width` or `imageSize`.");
  });

  it("for who knows what suggests all that takes memory", () => {
    expect(outOfMemory("std::bad_alloc")).toMatchObject({
      message: "What is to be computed does not fit into memory.",
      hint: "Try a smaller `batchSize`, `width` or `imageSize` in training, or close other programs.",
    });
  });

  it.each([new Error("no such node"), new FleuronError("out-of-memory", "There is no memory."), undefined])(
    "is not %s",
    (cause) => {
      expect(outOfMemory(cause, 32)).toBeUndefined();
    },
  );
});
