import { FleuronError } from "../errors.js";

export type RandomErrorCode = "random-invalid";

export function randomError(message: string): FleuronError<RandomErrorCode> {
  return new FleuronError("random-invalid", message);
}
