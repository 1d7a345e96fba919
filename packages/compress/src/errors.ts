import { type ErrorCodeOf, errorsOf } from "@fleuron/model";

export const compressError = errorsOf({
  /** No network that is left within the bytes. */
  "budget-unreachable": "usage",
  /** Every network that is smaller loses more accuracy. */
  "drop-exceeded": "data",
  /** The network of a file, whose layers are not known one by one. */
  "network-unsuitable": "data",
  /** A search in the same folder that was given other options. */
  "search-differs": "usage",
  "photos-too-few": "data",
  "run-compressed": "data",
});

export type CompressErrorCode = ErrorCodeOf<typeof compressError>;

/** @param fewest bytes that the narrowest network takes. */
export const budgetUnreachable = (fewest: number, targetBytes: number) =>
  compressError(
    "budget-unreachable",
    `The network cannot be cut to ${targetBytes} bytes: where each layer keeps the fewest units, it takes about ${fewest}.`,
    { subject: "targetBytes", hint: `Ask for ${fewest} bytes or more.` },
  );
