import * as ort from "onnxruntime-web/wasm";
import { offerRunOnnx } from "./run-onnx.js";

offerRunOnnx(ort);
