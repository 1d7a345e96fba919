// The table of formats. To add one: a folder beside and a line below.
import type { ModelFormat } from "../format.js";
import { onnxFormat } from "./onnx/index.js";
import { tfjsGraphFormat } from "./tfjs-graph/index.js";

export const formats: readonly ModelFormat[] = [onnxFormat, tfjsGraphFormat];
