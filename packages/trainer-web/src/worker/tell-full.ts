import type { FleuronError } from "@fleuron/model";
import type { TrainingEvent } from "../events.js";

/** Says that a run is not saved any more. */
export const tellFull =
  (tell: (event: TrainingEvent) => void) =>
  ({ message }: FleuronError): void =>
    tell({
      type: "warning",
      code: "storage-full",
      message: `${message} Training goes on, and is kept in memory from here on: keep the page open, and download what it has trained. What was saved before stays.`,
    });
