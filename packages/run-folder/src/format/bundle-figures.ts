// What each ONNX file of a run's bundle costs and gives, as it was measured on some machine.
import { bundlePrecisions } from "@fleuron/model";
import * as v from "valibot";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.finite());

const fileSchema = v.strictObject({
  precision: v.picklist(bundlePrecisions),
  /** As a server sends it that has the bundle's compressed forms. */
  wireBytes: count,
  accuracy: number,
  /** The model's run on one photo, the median. */
  milliseconds: number,
  /** The most memory of a process that opens the file and names the photos one after the other. */
  peakBytes: count,
});

export const bundleFiguresSchema = v.strictObject({
  /** Completed when the weights of the bundle were written: a run that has learnt more since has others. */
  epochs: count,
  /** Those that each file named. */
  photos: count,
  /** Where that was. */
  cpu: v.string(),
  files: v.pipe(v.array(fileSchema), v.readonly()),
});

export type RecordedBundleFigures = Readonly<v.InferOutput<typeof bundleFiguresSchema>>;
