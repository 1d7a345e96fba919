import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

export const trainerWebError = errorsOf({
  /** Fewer than two classes, or too few photos to learn from and to validate with. */
  "photos-too-few": "usage",
  "too-many-unreadable-photos": "data",
  /** No photo of a class can be read. */
  "class-empty": "data",
  /** What was given as a network is none, or not all of it. */
  "network-unusable": "data",
  /** The file to begin with has no float32 weights. */
  "weights-unusable": "data",
  "run-missing": "usage",
  /** A new run was to have the name of a saved one. */
  "run-exists": "usage",
  "run-name-invalid": "usage",
  /** It is being trained, in this tab or another. */
  "run-busy": "usage",
  /** A run cannot be cut to fewer epochs than it was planned for. */
  "epochs-too-few": "usage",
  /** None of its epochs is complete. */
  "run-without-epochs": "usage",
  /** What is saved is incomplete, or is not what this version saves. */
  "run-damaged": "data",
  /** The page is not served over https. */
  "page-insecure": "machine",
  /** The browser gives the page no more room. */
  "storage-full": "machine",
  "worker-failed": "machine",
  "engine-unavailable": "machine",
  /** WASM or the device has less memory than a step takes. */
  "out-of-memory": "machine",
});

export type TrainerWebErrorCode = ErrorCodeOf<typeof trainerWebError>;
