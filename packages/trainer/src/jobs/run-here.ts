import { outOfMemory } from "@fleuron/training";
import type { Job } from "./job.js";
import { type JobEvent, type JobName, type JobOptions, type JobResult, jobs } from "./jobs.js";

/** Does a job in this thread and blocks it, which takes less time than a thread to load where there is little to do. */
export async function* runHere<Name extends JobName>(
  name: Name,
  options: JobOptions<Name>,
  signal = new AbortController().signal,
): AsyncGenerator<JobEvent<Name>, JobResult<Name>> {
  const job = (await jobs[name]()) as unknown as Job<JobOptions<Name>, JobEvent<Name>, JobResult<Name>>;
  try {
    return yield* job(options, signal);
  } catch (error) {
    throw outOfMemory(error) ?? error;
  }
}
