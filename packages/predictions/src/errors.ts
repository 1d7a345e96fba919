import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

/** Errors about a file of predictions. */
export const predictionsError = errorsOf({
  /** There is a file where the predictions are to go. */
  "file-taken": "usage",
  /** What an interrupted call left there are predictions by other weights, or of other photos. */
  "parts-differ": "usage",
  /** A part was changed or is missing. */
  "parts-damaged": "data",
});

export type PredictionsErrorCode = ErrorCodeOf<typeof predictionsError>;
