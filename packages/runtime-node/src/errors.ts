/** Codes of the {@link FleuronError}s that this package throws. */
export type RuntimeNodeErrorCode =
  /** The bytes are no photo, or a damaged or cut one. */
  | "photo-unreadable"
  /** The header announces more pixels than allowed. */
  | "photo-too-large"
  /** A picture of a format that we do not read. */
  | "photo-unsupported";
