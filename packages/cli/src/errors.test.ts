import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { cliError, failureOf } from "./errors.js";

describe("failures", () => {
  it("exit with 2 when the command line is wrong", () => {
    expect(failureOf(cliError("option-missing", "m")).exitCode).toBe(2);
    expect(failureOf(new FleuronError("network-option", "m", { kind: "usage" })).exitCode).toBe(2);
  });
  it("exit with 1 otherwise", () => {
    expect(failureOf(new FleuronError("dataset-not-found", "m", { kind: "data" })).exitCode).toBe(1);
    expect(failureOf(new FleuronError("disk-full", "m", { kind: "machine" })).exitCode).toBe(1);
    expect(failureOf(new FleuronError("graph-invalid", "m")).exitCode).toBe(1);
    expect(failureOf(cliError("photos-not-named", "m")).exitCode).toBe(1);
    expect(failureOf(new TypeError("m")).exitCode).toBe(1);
  });
  it("keep what a FleuronError says", () => {
    const { error } = failureOf(new FleuronError("x-y", "What.", { hint: "Do.", subject: "file" }));
    expect(error).toEqual({
      code: "x-y",
      kind: "internal",
      message: "What.",
      hint: "Do.",
      subject: "file",
    });
  });
  it("are called internal when they are not ours, with a word for an empty message", () => {
    expect(failureOf(new RangeError()).error).toMatchObject({ code: "internal", message: "RangeError" });
    expect(failureOf("text").error.message).toBe("text");
  });
  it("are what went wrong first, where ending the work failed as well", () => {
    const thrown = Object.assign(new Error("An error was suppressed during disposal"), {
      name: "SuppressedError",
      suppressed: new FleuronError("out-of-memory", "The first."),
      error: new Error("the later"),
    });
    const { exitCode, error, stack } = failureOf(thrown);
    expect({ exitCode, error }).toEqual({
      exitCode: 1,
      error: { code: "out-of-memory", kind: "internal", message: "The first." },
    });
    expect(stack).toMatch(/The first\.[\s\S]*and then Error: the later/);
  });
  it("have the stacks of their causes", () => {
    const cause = new Error("below");
    expect(failureOf(new Error("above", { cause })).stack).toMatch(/above[\s\S]*caused by Error: below/);
  });
});
