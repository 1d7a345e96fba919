import type { EventEmitter } from "node:events";
import type { JobName, JobOptions } from "./jobs.js";

/** Where a job runs beside this thread. */
export interface JobHost {
  /** Emits "message" with each `JobMessage`. */
  readonly source: EventEmitter;
  /** Asks the job to end in good order. */
  abort(): void;
  /** Resolves when nothing of it is left, with what to say if it has ended without a result. */
  readonly ended: Promise<Error>;
}

export type StartJob = <Name extends JobName>(name: Name, options: JobOptions<Name>) => JobHost;
