// onnxruntime as this house uses it. By itself it writes to standard error, in colours, what it also throws, and what it
// thinks of the machine; whatever shows a terminal would be torn by that.
import * as onnxruntime from "onnxruntime-node";

// A program that has chosen another level than the default keeps it.
if (onnxruntime.env.logLevel === "warning") onnxruntime.env.logLevel = "fatal";

export { onnxruntime };
