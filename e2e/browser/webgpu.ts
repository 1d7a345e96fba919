import * as ort from "onnxruntime-web/webgpu";
import { offerRunOnnx } from "./run-onnx.js";

offerRunOnnx(ort);
