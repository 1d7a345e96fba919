/** Work for the computing thread: plain data in, events out, plain data at the end. */
export type Job<Options, Event, Result> = (
  options: Options,
  signal: AbortSignal,
) => AsyncGenerator<Event, Result>;
