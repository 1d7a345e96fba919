/** What onnxruntime throws, in our words. */
import { FleuronError } from "@fleuron/model";
import { runtimeError } from "../errors.js";

const OUT_OF_MEMORY = /out of memory|bad_alloc|allocation failed|enlarge memory|failed to allocate/i;

/** In the words of Chromium, Firefox and WebKit. */
const FORBIDDEN = /content security policy|unsafe-eval/i;

export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** @param model what the message calls the model: its file. */
export function failureOf(cause: unknown, model: string): FleuronError {
  if (cause instanceof FleuronError) return cause;
  const reason = reasonOf(cause);
  return cause instanceof RangeError || OUT_OF_MEMORY.test(reason)
    ? runtimeError("out-of-memory", `There is not enough memory to run ${model}: ${reason}`, {
        subject: model,
        hint: "Close other tabs, load a smaller storage precision, or classify fewer photos at once.",
        cause,
      })
    : runtimeError("model-unusable", `onnxruntime cannot run ${model}: ${reason}`, {
        subject: model,
        ...(FORBIDDEN.test(reason) && {
          hint: "Allow WebAssembly in the page's Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'.",
        }),
        cause,
      });
}
