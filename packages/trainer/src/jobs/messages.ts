import type { SerialisedError } from "@fleuron/model";

/** From the computing thread. Events and results are the job's own. */
export type JobMessage =
  | { readonly kind: "event"; readonly event: unknown }
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly error: SerialisedError }
  /** The job ended because it was asked to. */
  | { readonly kind: "aborted" };
