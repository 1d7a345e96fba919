import { FleuronError } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import {
  checkpointInterval,
  hostNames,
  oneOf,
  positiveInteger,
  positiveNumber,
  seed,
  share,
  threads,
  timeSpan,
} from "./options.js";

const refusal = (parse: () => unknown) => {
  try {
    parse();
  } catch (error) {
    if (error instanceof FleuronError) return error;
  }
  throw new Error("was not refused");
};

describe("whole numbers", () => {
  it("takes 1 and more", () => expect(positiveInteger("--epochs")("55")).toBe(55));
  it.each(["0", "-1", "1.5", "1e3", "ten", "", "9007199254740993"])("refuses '%s'", (given) => {
    const error = refusal(() => positiveInteger("--epochs")(given));
    expect(error.message).toBe(`'--epochs' must be a whole number, 1 or more, but is '${given}'.`);
    expect(error.subject).toBe("epochs");
  });
  it("takes a higher minimum", () => expect(() => positiveInteger("--classes", 2)("1")).toThrow("2 or more"));
  it.each(["0", "1000", "9007199254740991"])("takes no more threads than there are cores: '%s'", (given) => {
    const error = refusal(() => threads("--threads", 4)(given));
    expect(error.message).toBe(
      `'--threads' must be a whole number from 1 to 4, the number of cores, but is '${given}'.`,
    );
  });
  it("takes a thread for each core", () => expect(threads("--threads", 4)("4")).toBe(4));
  it("takes 0 for a seed", () => expect(seed("--seed")("0")).toBe(0));
});

describe("numbers", () => {
  it.each([
    ["0.01", 0.01],
    [".5", 0.5],
    ["1e-3", 0.001],
    ["2", 2],
  ])("takes %s", (given, value) => expect(positiveNumber("--learning-rate")(given)).toBe(value));
  it.each(["0", "-1", "1/2", "Infinity", "0x10", "1e999"])("refuses '%s'", (given) => {
    expect(() => positiveNumber("--learning-rate")(given)).toThrow(
      "'--learning-rate' must be a number above 0",
    );
  });
  it("takes shares between 0 and 1 alone", () => {
    expect(share("--validation-split")("0.2")).toBe(0.2);
    for (const given of ["0", "1", "20%"])
      expect(() => share("--validation-split")(given)).toThrow("'--validation-split' must be a share");
  });
});

describe("names of hosts", () => {
  const parse = hostNames("--allow-host");
  it("are gathered, as browsers send them", () => {
    const first = parse("Flowers.example.org", undefined);
    expect(parse("bücher.example.", first)).toEqual(["flowers.example.org", "xn--bcher-kva.example"]);
  });
  it.each([
    "",
    "https://example.org",
    "example.org:443",
    "example.org/",
    "*.example.org",
    "a b",
    "user@host",
  ])("refuses '%s'", (given) => {
    const error = refusal(() => parse(given, undefined));
    expect(error.message).toBe(
      `'--allow-host' must be the name of a host, such as flowers.example.org, but is '${given}'.`,
    );
  });
});

describe("checkpoint intervals", () => {
  it.each([
    ["200", { unit: "steps", steps: 200 }],
    ["5m", { unit: "minutes", minutes: 5 }],
    ["30s", { unit: "minutes", minutes: 0.5 }],
    ["1.5h", { unit: "minutes", minutes: 90 }],
  ])("takes %s", (given, interval) => expect(checkpointInterval("--every")(given)).toEqual(interval));
  it.each(["0", "0m", "1.5", "5 m", "5d", "-3"])("refuses '%s'", (given) => {
    expect(() => checkpointInterval("--every")(given)).toThrow("200 or a time such as 30s");
  });
});

describe("times", () => {
  it.each([
    ["90s", 90],
    ["10m", 600],
    ["1.5h", 5400],
  ])("takes %s", (given, seconds) => expect(timeSpan("--time-budget")(given)).toBeCloseTo(seconds, 9));
  it.each(["0m", "10", "ten minutes", "-1m", "1d", ""])("refuses '%s'", (given) => {
    expect(() => timeSpan("--time-budget")(given)).toThrow("such as 90s, 10m or 1h");
  });
});

describe("names", () => {
  const recipe = oneOf("--recipe", ["modern", "notebook", "notebook-complete"], "Recipes");
  it("takes a name of the table", () => expect(recipe("notebook")).toBe("notebook"));
  it("names the table and what was probably meant", () => {
    const { message, hint } = refusal(() => recipe("moden"));
    expect(message).toBe("'--recipe' does not know 'moden'.");
    expect(hint).toBe("Did you mean 'modern'? Recipes: modern, notebook, notebook-complete.");
  });
  it("guesses nothing from a word that is far from all", () => {
    expect(refusal(() => recipe("paper")).hint).toBe("Recipes: modern, notebook, notebook-complete.");
  });
});
