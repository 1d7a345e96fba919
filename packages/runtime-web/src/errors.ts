import { type ErrorCodeOf, errorsOf, type PhotoErrorCode } from "@fleuron/model";

/** Errors of this package; those of the manifest and about photos come from `@fleuron/model`. */
export const runtimeError = errorsOf({
  "option-invalid": "usage",
  /** Not a browser, or one without WebAssembly or module workers, or a place in it where a classifier cannot work. */
  "browser-unsupported": "machine",
  /** None of the execution providers that were asked for works here; the message says why. */
  "execution-provider-unavailable": "machine",
  /** The worker's script did not load, or the worker died. */
  "worker-failed": "machine",
  /** A step of the load stood still for longer than `stepTimeout`, with one thread too. */
  "timed-out": "machine",
  /** The server answered with another status than 200. */
  "http-status": "machine",
  /** A web page came where a file of the bundle was expected: a server's way of saying 404. */
  "html-instead": "machine",
  /** The network failed, or fell silent, as often as was tried. */
  "network-failed": "machine",
  /** Bytes that differ from what the manifest says. */
  "integrity-mismatch": "data",
  /** The model needs a file that the manifest does not list, or that was not given. */
  "bundle-damaged": "data",
  /** The bundle holds no ONNX model of that precision. */
  "model-missing": "usage",
  /** onnxruntime could not open or run the model, or it gave no probabilities. */
  "model-unusable": "data",
  "out-of-memory": "machine",
  "classifier-disposed": "usage",
});

export type RuntimeWebErrorCode = ErrorCodeOf<typeof runtimeError> | PhotoErrorCode;
