// The worker of classifiers that use WebGPU, or WASM once it fails.
import * as ort from "onnxruntime-web/webgpu";
import { WORKER_NAME } from "../messages.js";
import { serve as serveWith } from "./serve.js";

export const serve = serveWith.bind(undefined, ort);

// onnxruntime's threads load this file too, and a page imports it that wants no worker.
if (self.name === WORKER_NAME) serve(self);
