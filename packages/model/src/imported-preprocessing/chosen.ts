// How photos become inputs, in the words of a command line.
import { mustBe } from "../checked/index.js";
import { optionError } from "../options/errors.js";
import { type PreprocessingSpecification, parsePreprocessing } from "../preprocessing/index.js";
import { decoding, type Fitting, IMAGENET, sizeOf } from "./found.js";

type Values = Pick<PreprocessingSpecification, "scale" | "mean" | "std">;
type Three = Values["mean"];

export interface PreprocessingChoice {
  /** What levels become: "imagenet", "0..1", "-1..1" or "mean=…,std=…". */
  readonly preprocessing?: string | undefined;
  /** "rgb" or "bgr". */
  readonly channels?: string | undefined;
  /** A side, or height × width: "224", "48x192". */
  readonly imageSize?: string | undefined;
  /** Pixels of the shorter side before the centre is cut out, "squash", "pad" (around) or "pad-right-bottom". */
  readonly resize?: string | undefined;
}

/**
 * What was chosen, in place of what was found in a file.
 * @param found without one, `preprocessing` and `imageSize` must be chosen; `channels` is then "rgb". Without `resize` a
 * square of a chosen size is cut out of a photo 8/7 as large, as networks for ImageNet have it; other photos are squashed.
 * @throws FleuronError `option-missing`, `option-invalid`.
 */
export function chosenPreprocessing(
  choice: PreprocessingChoice,
  found?: PreprocessingSpecification,
): PreprocessingSpecification {
  const { preprocessing, channels, imageSize, resize } = choice;
  const values = preprocessing === undefined ? found : valuesOf(preprocessing);
  if (values === undefined) throw missing("preprocessing");
  const size = imageSize === undefined ? found?.size : sizeIn(imageSize);
  if (size === undefined) throw missing("imageSize");
  const { scale, mean, std } = values;
  const channelOrder = channels === undefined ? (found?.channelOrder ?? "rgb") : channelOrderOf(channels);
  const fits = imageSize === undefined && found ? found.resize : usualResize(size);
  return parsePreprocessing({
    ...decoding,
    ...found,
    size,
    resize: resize === undefined ? fits : resizeOf(resize, { size, channelOrder, scale, mean }),
    channelOrder,
    ...{ scale, mean, std },
  });
}

const NAMED: Readonly<Record<string, Values>> = {
  imagenet: { scale: 1 / 255, ...IMAGENET },
  "0..1": { scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
  "-1..1": { scale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
};

function valuesOf(text: string): Values {
  const expected = `${Object.keys(NAMED).join(", ")} or mean=…,std=…, each one number or three`;
  const refused = (hint?: string) => invalid("preprocessing", expected, text, hint);
  if (Object.hasOwn(NAMED, text)) return NAMED[text]!;
  const parts = text.split(/,(?=[a-z]+=)/).map((part) => part.split("="));
  const given = new Map(parts.map(([name, numbers = ""]) => [name!, numbers.split(",").map(numberIn)]));
  const [mean, std, [scale, ...more] = [1 / 255]] = [given.get("mean"), given.get("std"), given.get("scale")];
  const known = [...given.keys()].every((name) => name === "mean" || name === "std" || name === "scale");
  if (!known || given.size !== parts.length || more.length > 0 || !mean || !std) throw refused();
  const values = { scale: scale!, mean: threeOf(mean), std: threeOf(std) };
  if (values.mean === undefined || values.std === undefined) throw refused();
  if (!values.std.every((value) => value > 0) || !(values.scale > 0))
    throw refused("std and scale are above 0.");
  if (!given.has("scale") && [...mean, ...std].some((value) => Math.abs(value) > 1))
    throw refused("They are of levels from 0 to 1; for levels from 0 to 255 add scale=1.");
  return { ...values, mean: values.mean, std: values.std };
}

const numberIn = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

function threeOf(numbers: readonly number[]): Three | undefined {
  const [red, green = red, blue = red] = numbers;
  const right = (numbers.length === 1 || numbers.length === 3) && numbers.every(Number.isFinite);
  return right ? [red!, green!, blue!] : undefined;
}

function channelOrderOf(text: string): "rgb" | "bgr" {
  if (text === "rgb" || text === "bgr") return text;
  throw invalid("channels", "rgb or bgr", text);
}

function sizeIn(text: string): Fitting["size"] {
  const [, height, width = height] = /^([1-9]\d{0,4})(?:x([1-9]\d{0,4}))?$/.exec(text) ?? [];
  if (height === undefined)
    throw invalid("imageSize", "a side, or height x width, such as 224 or 48x192", text);
  return sizeOf(Number(height), Number(width));
}

/** A square is cut out of a photo 8/7 as large, as networks for ImageNet have it: 224 of 256. */
const usualResize = (size: Fitting["size"]): Fitting["resize"] =>
  typeof size === "number"
    ? { fit: "cover", filter: "triangle", resizeTo: Math.round((size * 8) / 7) }
    : { fit: "squash", filter: "triangle" };

function resizeOf(
  text: string,
  { size, ...input }: Pick<PreprocessingSpecification, "size" | "channelOrder" | "scale" | "mean">,
): Fitting["resize"] {
  const filter = "triangle";
  if (text === "squash") return { fit: "squash", filter };
  if (text === "pad") return { fit: "pad", filter, position: "centre", padding: zeroOf(input) };
  if (text === "pad-right-bottom")
    return { fit: "pad", filter, position: "top-left", padding: zeroOf(input) };
  const longest = Math.max(...[size].flat());
  const resizeTo = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  if (resizeTo >= longest) return { fit: "cover", filter, resizeTo };
  throw invalid("resize", `pixels from ${longest} on, squash, pad or pad-right-bottom`, text);
}

/** The colour that becomes 0. */
function zeroOf({ channelOrder, scale, mean }: Omit<Parameters<typeof resizeOf>[1], "size">): Three {
  const levels = mean.map((value) => Math.min(Math.max(value / scale, 0), 255));
  return (channelOrder === "bgr" ? levels.toReversed() : levels) as Three;
}

const missing = (option: keyof PreprocessingChoice) =>
  optionError("option-missing", `The option '${option}' is missing: no file says how photos become inputs.`, {
    subject: option,
  });

const invalid = (option: keyof PreprocessingChoice, expected: string, given: string, hint?: string) =>
  optionError("option-invalid", `${mustBe(`The option '${option}'`, expected, given)}.`, {
    subject: option,
    hint,
  });
