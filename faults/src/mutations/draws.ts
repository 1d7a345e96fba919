// The ways in which parsers get their inputs.
import type { RandomStream } from "@fleuron/model";
import { oneOf } from "../fault.js";
import { mutate } from "./mutate.js";
import { mutateJson } from "./mutate-json.js";
import type { Parser } from "./parser.js";

type DrawInput = Parser["draw"];

/** Bytes as they come. */
export const bytes: DrawInput = (samples, random) => mutate(oneOf(random, samples), random, samples);

/** JSON: its values in half of the inputs, its bytes in the others. */
export const json: DrawInput = (samples, random) =>
  random.integer(2) === 0
    ? Buffer.from(mutateJson(oneOf(random, samples).toString(), random))
    : bytes(samples, random);

/** Lines of JSON, one of which is another. */
export const jsonLines: DrawInput = (samples, random) => {
  if (random.integer(2) === 0) return bytes(samples, random);
  const lines = oneOf(random, samples).toString().split("\n");
  const at = random.integer(lines.length - 1);
  return Buffer.from(lines.with(at, mutateJson(lines[at]!, random)).join("\n"));
};

/** A checksum that is right again in half of the inputs, for without it nothing behind it is read. */
export const sealed =
  (draw: DrawInput, seal: (bytes: Buffer) => Buffer): DrawInput =>
  (samples, random) => {
    const drawn = draw(samples, random);
    return random.integer(2) === 0 ? seal(drawn) : drawn;
  };

/** What lies in a wrapping: changed inside of it in three of four inputs. */
export const wrapped =
  (
    draw: DrawInput,
    unwrap: (bytes: Buffer) => Buffer,
    wrap: (bytes: Buffer, random: RandomStream) => Buffer,
  ): DrawInput =>
  (samples, random) =>
    random.integer(4) === 0 ? bytes(samples, random) : wrap(draw(samples.map(unwrap), random), random);
