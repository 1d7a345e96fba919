import { describe, expect, it } from "vitest";
import { FleuronError } from "../errors.js";
import { checkOptions, type OptionRecord, pickOptions, resumeOptionsOf, withDefaults } from "./option.js";
import {
  atLeast,
  checkpointInterval,
  flag,
  listOf,
  nameOrFile,
  oneOf,
  path,
  positiveInteger,
  seed,
  share,
  signal,
  text,
} from "./value-kind.js";

const options = {
  run: { takes: path, required: true },
  epochs: { takes: positiveInteger, onResume: {} },
  seed: { takes: seed, default: 0 },
  share: { takes: share },
  recipe: { takes: oneOf(["modern", "paper"], "Recipes", "recipe-unknown") },
  again: { takes: flag },
  every: { takes: checkpointInterval },
  names: { takes: listOf(["a", "b"], "Names") },
  count: { takes: atLeast(10) },
  network: { takes: nameOrFile(["small", "large"], "Networks", ".onnx") },
  parts: { takes: text(/^(?:all|last:\d)$/, "all or last:N") },
  signal: { takes: signal },
} as const satisfies OptionRecord;

const refusal = (given: object) => {
  try {
    checkOptions(options, given);
  } catch (error) {
    if (error instanceof FleuronError) return [error.code, error.subject, error.message];
  }
  return undefined;
};

describe("options", () => {
  it("are taken as their kinds accept them, and left out as undefined", () => {
    const every = { unit: "steps", steps: 5 };
    const all = {
      epochs: 2,
      seed: 0,
      share: 0,
      recipe: "paper",
      again: false,
      every,
      names: ["b"],
      count: 10,
      network: "a/model.onnx",
      parts: "last:2",
    };
    expect(refusal({ run: "runs/a", ...all, signal: new AbortController().signal })).toBeUndefined();
    expect(refusal({ run: "runs/a", epochs: undefined })).toBeUndefined();
  });

  it.each([
    [{ epochs: 2.5 }, "option-invalid", "The option 'epochs' must be a positive integer, but is 2.5."],
    [{ epochs: "2" }, "option-invalid", "The option 'epochs' must be a positive integer, but is '2'."],
    [{ seed: -1 }, "option-invalid", "The option 'seed' must be an integer of at least 0, but is -1."],
    [{ share: 1 }, "option-invalid", "The option 'share' must be at least 0 and below 1, but is 1."],
    [{ again: null }, "option-invalid", "The option 'again' must be true or false, but is null."],
    [{ recipe: "x" }, "recipe-unknown", "The option 'recipe' must be one of modern, paper, but is 'x'."],
    [
      { every: { unit: "steps", steps: 0 } },
      "option-invalid",
      `The option 'every' must be a number of steps or minutes, such as {"unit":"minutes","minutes":5}, but is {"unit":"steps","steps":0}.`,
    ],
    [{ names: ["c"] }, "option-invalid", `The option 'names' must be a list of a, b, but is ["c"].`],
    [{ count: 9 }, "option-invalid", "The option 'count' must be an integer of at least 10, but is 9."],
    [
      { network: "model.pt" },
      "option-invalid",
      "The option 'network' must be one of small, large, or a path that ends in .onnx, but is 'model.pt'.",
    ],
    [{ parts: "last" }, "option-invalid", "The option 'parts' must be all or last:N, but is 'last'."],
    [{ toString: 1 }, "option-unknown", "There is no option 'toString'."],
    [{ run: undefined }, "option-missing", "The option 'run' is missing."],
  ])("%j is refused", (given, code, message) => {
    expect(refusal({ run: "runs/a", ...given })).toEqual([code, Object.keys(given)[0], message]);
  });

  it("have their defaults where they are absent", () => {
    expect(withDefaults(options, { run: "a", seed: undefined, epochs: 3 })).toMatchObject({
      run: "a",
      seed: 0,
      epochs: 3,
    });
  });

  it("are picked out of more than them, as far as they are given", () => {
    expect(pickOptions(resumeOptionsOf(options), { epochs: 3, seed: 1 } as object)).toEqual({ epochs: 3 });
    expect(pickOptions(options, { run: undefined })).toEqual({});
  });
});
