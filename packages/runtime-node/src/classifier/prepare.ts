import { sharp } from "../photos/sharp.js";
import { onnxruntime } from "./onnxruntime.js";

/**
 * Makes ready what a first model and a first photo would wait for, some 0.15 s: onnxruntime's library and the decoder. For a
 * program that knows that it will need them and has nothing else to do, such as while a file is read. What fails here
 * fails there again, and says so there.
 */
export async function prepare(): Promise<void> {
  try {
    sharp();
    // Its library is ready once a session was asked for, also one of no model, which it refuses.
    await onnxruntime.InferenceSession.create(new Uint8Array());
  } catch {}
}
