// The table of what the computing thread can do. Each job loads what it alone needs.
export const jobs = {
  evaluate: async () => (await import("./evaluate-job.js")).evaluateJob,
  follow: async () => (await import("./follow-job.js")).followJob,
  predict: async () => (await import("./predict-job.js")).predictJob,
  predictToFile: async () => (await import("./predict-to-file-job.js")).predictToFileJob,
  report: async () => (await import("./report-job.js")).reportJob,
  speed: async () => (await import("./speed-job.js")).speedJob,
  train: async () => (await import("./train-job.js")).trainJob,
};

export type JobName = keyof typeof jobs;
type JobNamed<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]>>;
export type JobOptions<Name extends JobName> = Parameters<JobNamed<Name>>[0];
export type JobEvent<Name extends JobName> =
  ReturnType<JobNamed<Name>> extends AsyncGenerator<infer Event> ? Event : never;
export type JobResult<Name extends JobName> =
  ReturnType<JobNamed<Name>> extends AsyncGenerator<unknown, infer Result> ? Result : never;
