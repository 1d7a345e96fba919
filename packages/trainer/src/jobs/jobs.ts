// The table of what the computing thread can do.
import { evaluateJob } from "./evaluate-job.js";
import { predictJob } from "./predict-job.js";
import { reportJob } from "./report-job.js";
import { trainJob } from "./train-job.js";

export const jobs = { evaluate: evaluateJob, predict: predictJob, report: reportJob, train: trainJob };

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type JobOptions<Name extends JobName> = Parameters<Jobs[Name]>[0];
export type JobEvent<Name extends JobName> =
  ReturnType<Jobs[Name]> extends AsyncGenerator<infer Event> ? Event : never;
export type JobResult<Name extends JobName> =
  ReturnType<Jobs[Name]> extends AsyncGenerator<unknown, infer Result> ? Result : never;
