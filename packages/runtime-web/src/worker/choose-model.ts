import {
  type BundleModel,
  type BundlePrecision,
  type Manifest,
  sameAnswersFirst,
  smallestFirst,
} from "@fleuron/model";
import { runtimeError } from "../errors.js";

const SMALL_MEMORY_GIB = 2;

interface DeviceHints {
  /** GiB, rounded. */
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
}

/** How much less accurate than what was trained a model may be measured to be, and still be taken for its size. */
const MOST_LESS_ACCURATE = 0.005;

/**
 * The ONNX model to load. All precisions compute in float32, so that any device can run any of them. The smallest is taken that was
 * measured to be as accurate as what was trained; else float16, which is half the download for the same answers. The smallest of
 * all is for those who must save.
 * @throws FleuronError "model-missing".
 */
export function chooseModel(
  manifest: Manifest,
  precision: "auto" | BundlePrecision,
  subject: string,
  { deviceMemory = 8, connection }: DeviceHints = navigator as Navigator & DeviceHints,
): BundleModel {
  const models = manifest.models.filter(({ format }) => format === "onnx");
  const thrifty = deviceMemory <= SMALL_MEMORY_GIB || connection?.saveData === true;
  const wanted = models.filter((model) => precision === "auto" || model.precision === precision);
  const accurate = thrifty ? wanted : wanted.filter((model) => isAsAccurate(manifest, model));
  const found = accurate.sort(smallestFirst)[0] ?? wanted.sort(sameAnswersFirst)[0];
  if (found) return found;
  const held = models.map((model) => model.precision).join(", ");
  throw runtimeError(
    "model-missing",
    held ? `${subject} has no ONNX model in ${precision}; it has ${held}.` : `${subject} has no ONNX model.`,
    { subject, hint: "Write the bundle again with an ONNX model of that storage precision." },
  );
}

const isAsAccurate = ({ training }: Manifest, { valAccuracy }: BundleModel): boolean =>
  valAccuracy !== undefined && valAccuracy >= (training?.valAccuracy ?? 1) - MOST_LESS_ACCURATE;
