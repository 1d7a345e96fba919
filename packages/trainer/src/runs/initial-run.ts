// What weights of another run bring along that nobody may expect: its classes, its pixels, the photos that it has seen.
import { dirname } from "node:path";
import type { SquarePreprocessing, WarningEvent } from "@fleuron/model";
import type { Split } from "@fleuron/photos";
import { openRunFolder, type RunRecord } from "@fleuron/run-folder";
import { contentsLearnt } from "./contents-learnt.js";

/** The run that begins with them. */
export interface BeginningRun {
  readonly labels: readonly string[];
  readonly preprocessing: SquarePreprocessing;
  readonly split: Split;
}

/**
 * Warns of what a run that begins with the weights of `file` mixes.
 * @returns how many of its validation photos those weights have learnt from; undefined for a file that is in no run's folder.
 */
export async function* tellMixed(
  file: string,
  here: BeginningRun,
): AsyncGenerator<WarningEvent, number | undefined> {
  const folder = dirname(file);
  const other = await openRunFolder(folder).catch(() => undefined);
  if (other === undefined) return undefined;
  const { record } = other;
  const [classes, pixels] = [
    classesMixed(record, here),
    pixelsMixed(record.preprocessing, here.preprocessing),
  ];
  if (classes !== undefined) {
    const message = `The weights of ${file} are for ${classes}: the last layer starts from theirs.`;
    yield { type: "warning", code: "weights-of-other-classes", message };
  }
  if (pixels.length > 0) {
    const message = `The weights of ${file} were trained on photos with other preprocessing: ${pixels.join("; ")}.`;
    yield { type: "warning", code: "weights-of-other-pixels", message };
  }
  const learnt = await contentsLearnt(folder);
  if (learnt === undefined) return undefined;
  const { val } = here.split;
  const seen = val.filter(({ contentHash }) => learnt.has(contentHash)).length;
  if (seen > 0) {
    const message =
      `The weights of ${file} were trained on ${seen} of the ${val.length} validation photos of this run: ` +
      `the accuracy on them says nothing about new photos.${splitHint(record, here.split)}`;
    yield { type: "warning", code: "weights-know-validation", message };
  }
  return seen;
}

/** With fewer or more classes the last layer does not fit, and is drawn. */
function classesMixed({ labels }: RunRecord, here: BeginningRun): string | undefined {
  const same = labels.every((label, index) => label === here.labels[index]);
  if (labels.length !== here.labels.length || same) return undefined;
  return here.labels.every((label) => labels.includes(label))
    ? `the same classes in another order (${listed(labels)})`
    : `other classes (${listed(labels)})`;
}

/** A shift of this share of the inputs' range is more than two data sets' means are apart. */
const SHIFT = 0.1;

function pixelsMixed(there: SquarePreprocessing, here: SquarePreprocessing): readonly string[] {
  const [theirs, ours] = [rangeOf(there), rangeOf(here)];
  const shift = Math.max(Math.abs(theirs.low - ours.low), Math.abs(theirs.high - ours.high));
  const differs = shift > SHIFT * (ours.high - ours.low);
  return [
    ...(differs ? [`inputs from ${words(theirs)} there, from ${words(ours)} here`] : []),
    ...(there.size === here.size ? [] : [`${there.size} pixels wide there, ${here.size} here`]),
    ...(there.resize.fit === here.resize.fit
      ? []
      : [`${FITS[there.resize.fit]} there, ${FITS[here.resize.fit]} here`]),
  ];
}

const FITS = { squash: "squashed", cover: "cropped" } as const;

/** What black and white become, over all channels. */
function rangeOf({ scale, mean, std }: SquarePreprocessing) {
  const of = (level: number) => mean.map((middle, channel) => (level * scale - middle) / std[channel]!);
  return { low: Math.min(...of(0)), high: Math.max(...of(255)) };
}

const words = ({ low, high }: ReturnType<typeof rangeOf>) => `${short(low)} to ${short(high)}`;
const short = (value: number) => String(Number(value.toPrecision(2)));

/** The same photos are held out again by the same seed and share. */
const splitHint = ({ seeds, dataset }: RunRecord, { datasetHash }: Split) =>
  dataset.contentHash === datasetHash
    ? ` With \`splitSeed\` ${seeds.splitSeed} and the same \`validationSplit\`, they were trained on none of them.`
    : "";

const SHOWN = 5;
const listed = (labels: readonly string[]) =>
  labels.slice(0, SHOWN).join(", ") + (labels.length > SHOWN ? ` and ${labels.length - SHOWN} more` : "");
