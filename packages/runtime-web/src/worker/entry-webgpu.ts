// The script of classifiers that use WebGPU, and WASM once that fails.
import * as ort from "onnxruntime-web/webgpu";
import { type Port, WORKER_NAME } from "../messages.js";
import { serveOwner, serve as serveWith } from "./serve.js";
import { SharedRuntime } from "./shared-runtime.js";
import { wasmFile } from "./wasm-file.js";
import { webgpuSupport } from "./webgpu-support.js";

const runtime = new SharedRuntime(ort, wasmFile, webgpuSupport);

export const serve = (port: Port): void => serveWith(runtime, port);

// onnxruntime's threads load this file too, and so does a page that wants no worker.
if (self.name?.startsWith(WORKER_NAME)) serveOwner(runtime);
