// The script of classifiers that never use WebGPU.
import * as ort from "onnxruntime-web/wasm";
import { type Port, WORKER_NAME } from "../messages.js";
import { serveOwner, serve as serveWith } from "./serve.js";
import { SharedRuntime } from "./shared-runtime.js";
import { wasmFile } from "./wasm-file.js";

const runtime = new SharedRuntime(ort, wasmFile);

export const serve = (port: Port): void => serveWith(runtime, port);

// onnxruntime's threads load this file too, and so does a page that wants no worker.
if (self.name?.startsWith(WORKER_NAME)) serveOwner(runtime);
