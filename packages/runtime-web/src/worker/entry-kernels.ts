// The script of classifiers that compute by kernels of our own, without onnxruntime.
import { type Port, WORKER_NAME } from "../messages.js";
import { KernelsRuntime } from "./kernels/kernels-runtime.js";
import { serveOwner, serve as serveWith } from "./serve.js";

const runtime = new KernelsRuntime();

export const serve = (port: Port): void => serveWith(runtime, port);

// A page that wants no worker loads this file too.
if (self.name?.startsWith(WORKER_NAME)) serveOwner(runtime);
