// Values that options are given.
import {
  checkpointInterval,
  listOf,
  oneOf as nameOf,
  port,
  positiveInteger,
  positiveNumber,
  seed,
  share,
  timeSpan,
} from "../../../../packages/cli/dist/command-line/options.js";
import { must } from "../../lost.js";
import { bytes } from "../draws.js";
import type { Parser } from "../parser.js";

const names = ["float32", "int8"] as const;
const finite = (value: unknown) => typeof value === "number" && Number.isFinite(value);

const options: readonly (readonly [
  parse: (given: string) => unknown,
  isRight: (value: unknown) => boolean,
])[] = [
  [positiveInteger("--epochs"), (value) => Number.isSafeInteger(value) && Number(value) > 0],
  [seed("--seed"), (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  [port("--port"), (value) => Number.isInteger(value) && Number(value) <= 65535],
  [positiveNumber("--width"), (value) => finite(value) && Number(value) > 0],
  [share("--validation-split"), (value) => finite(value) && Number(value) > 0 && Number(value) < 1],
  [timeSpan("--time-budget"), (value) => finite(value) && Number(value) > 0],
  [
    checkpointInterval("--checkpoint-every"),
    (value) =>
      Object.values(value as object).every((each) => typeof each === "string" || (finite(each) && each > 0)),
  ],
  [nameOf("--precision", names, "Precisions"), (value) => names.some((name) => name === value)],
  [listOf("--precision", names, "Precisions"), (value) => (value as readonly unknown[]).length > 0],
];

export const commandLineParsers: readonly Parser[] = [
  {
    name: "values of options",
    samples: ["1", "0.5", "1e-3", "90s", "1.5h", "200", "float32", "float32,int8", "8227"].map((text) =>
      Buffer.from(text),
    ),
    draw: bytes,
    read(given) {
      const text = given.toString();
      for (const [parse, isRight] of options) {
        const value = attempt(() => parse(text));
        must(value === undefined || isRight(value), () => `'${text}' was read as ${JSON.stringify(value)}`);
      }
    },
  },
];

function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error && error.name === "FleuronError") return undefined;
    throw error;
  }
}
