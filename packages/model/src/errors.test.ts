import { describe, expect, it } from "vitest";
import { errorsOf, FleuronError, originalError } from "./errors.js";

describe("the original error", () => {
  const suppressed = (error: unknown, original: unknown) =>
    Object.assign(new Error("An error was suppressed during disposal."), {
      name: "SuppressedError",
      error,
      suppressed: original,
    });

  it("is the one that came first, however many came after", () => {
    expect(originalError(suppressed("third", suppressed("second", "first")))).toBe("first");
  });

  it("is what `using` throws the work's error as", async () => {
    const [work, disposal] = [new Error("work"), new Error("disposal")];
    const failing = async () => {
      await using _resource = { [Symbol.asyncDispose]: () => Promise.reject(disposal) };
      throw work;
    };
    const thrown = await failing().catch((error: unknown) => error);
    expect(thrown).toMatchObject({ error: disposal, suppressed: work });
    expect(originalError(thrown)).toBe(work);
  });

  it("is the error itself where nothing came after", () => {
    const error = new Error("alone");
    expect(originalError(error)).toBe(error);
    expect(originalError(undefined)).toBeUndefined();
  });
});

describe("a package's errors", () => {
  const error = errorsOf({ "disk-full": "machine", "option-invalid": "usage" });

  it("have the kinds of their table, and keep them on their way through JSON", () => {
    const thrown = error("option-invalid", "The option is wrong.", {
      subject: "epochs",
      hint: "Give another.",
    });
    expect(thrown.kind).toBe("usage");
    expect(error("disk-full", "Full.").kind).toBe("machine");
    const { code, kind, subject, hint } = FleuronError.fromJSON(JSON.parse(JSON.stringify(thrown)));
    expect({ code, kind, subject, hint }).toEqual({
      code: "option-invalid",
      kind: "usage",
      subject: "epochs",
      hint: "Give another.",
    });
  });

  it("are internal where nothing else is said", () => {
    expect(new FleuronError("graph-invalid", "No.").kind).toBe("internal");
  });
});
