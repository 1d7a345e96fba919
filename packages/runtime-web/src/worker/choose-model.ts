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

/**
 * The ONNX model to load. All precisions compute in float32, so that any device can run any of them: float16 is half
 * the download for the same answers, and the smallest is for those who must save.
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
  const [found] = models
    .filter((model) => precision === "auto" || model.precision === precision)
    .sort(thrifty ? smallestFirst : sameAnswersFirst);
  if (found) return found;
  const held = models.map((model) => model.precision).join(", ");
  throw runtimeError(
    "model-missing",
    held ? `${subject} has no ONNX model in ${precision}; it has ${held}.` : `${subject} has no ONNX model.`,
    { subject, hint: "Write the bundle again with an ONNX model of that storage precision." },
  );
}
