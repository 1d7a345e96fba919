import { FleuronError, type FleuronErrorData, originalError } from "./errors.js";

/** An error on its way between threads. */
export type SerialisedError =
  | { readonly kind: "fleuron"; readonly data: FleuronErrorData }
  | { readonly kind: "other"; readonly message: string; readonly stack: string | undefined };

export function serialiseError(thrown: unknown): SerialisedError {
  const error = originalError(thrown);
  if (error instanceof FleuronError) return { kind: "fleuron", data: error.toJSON() };
  if (error instanceof Error) return { kind: "other", message: error.message, stack: error.stack };
  return { kind: "other", message: String(error), stack: undefined };
}

export function deserialiseError(error: SerialisedError): Error {
  if (error.kind === "fleuron") return FleuronError.fromJSON(error.data);
  const restored = new Error(error.message);
  if (error.stack !== undefined) restored.stack = error.stack;
  return restored;
}
