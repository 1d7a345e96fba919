import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

export const trainerWebError = errorsOf({
  /** Fewer than two classes, or too few photos to learn from and to validate with. */
  "photos-too-few": "usage",
  "run-missing": "usage",
  /** Another tab trains it. */
  "run-busy": "usage",
  /** What is saved is incomplete, or is not what this version saves. */
  "run-damaged": "data",
  /** The browser gives the page no more room. */
  "storage-full": "machine",
  "worker-failed": "machine",
  "engine-unavailable": "machine",
});

export type TrainerWebErrorCode = ErrorCodeOf<typeof trainerWebError>;
