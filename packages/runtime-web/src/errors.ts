import { FleuronError, type FleuronErrorOptions } from "@fleuron/model";

/** Codes of the {@link FleuronError}s that this package throws; those of the manifest come from `@fleuron/model`. */
export type RuntimeWebErrorCode =
  | "option-invalid"
  /** Not a browser, or one without WebAssembly or module workers, or a place in it where a classifier cannot work. */
  | "browser-unsupported"
  /** None of the execution providers that were asked for works here; the message says why. */
  | "execution-provider-unavailable"
  /** The worker's script did not load, or the worker died. */
  | "worker-failed"
  /** A step of the load stood still for longer than `stepTimeout`, with one thread too. */
  | "timed-out"
  /** The server answered with another status than 200. */
  | "http-status"
  /** A web page came where a file of the bundle was expected: a server's way of saying 404. */
  | "html-instead"
  /** The network failed, or fell silent, as often as was tried. */
  | "network-failed"
  /** Bytes that differ from what the manifest says. */
  | "integrity-mismatch"
  /** The model needs a file that the manifest does not list. */
  | "bundle-damaged"
  /** The bundle holds no ONNX model of that precision. */
  | "model-missing"
  /** onnxruntime could not open or run the model, or it gave no probabilities. */
  | "model-unusable"
  | "out-of-memory"
  | "photo-unreadable"
  /** Something that is no photo at all. */
  | "photo-unsupported"
  | "classifier-disposed";

export const runtimeError = (
  code: RuntimeWebErrorCode,
  message: string,
  options?: FleuronErrorOptions,
): FleuronError<RuntimeWebErrorCode> => new FleuronError(code, message, options);
