// The worker of classifiers that never use WebGPU.
import * as ort from "onnxruntime-web/wasm";
import { WORKER_NAME } from "../messages.js";
import { serve as serveWith } from "./serve.js";

export const serve = serveWith.bind(undefined, ort);

// onnxruntime's threads load this file too, and a page imports it that wants no worker.
if (self.name === WORKER_NAME) serve(self);
