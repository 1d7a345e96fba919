// The table of formats. To add one: a folder beside, a line below, and its name in the model's manifest.
import type { BundleFormat } from "@fleuron/model";
import type { ModelFormat } from "../format.js";
import { onnxFormat } from "./onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph/index.js";

const table: { readonly [Name in BundleFormat]: ModelFormat } = {
  onnx: onnxFormat,
  "tfjs-graph": tfjsGraphFormat,
};

export const formats: readonly ModelFormat[] = Object.values(table);

export const formatNamed = (name: BundleFormat): ModelFormat => table[name];
