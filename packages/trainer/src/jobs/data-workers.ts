/** Threads that make batches beside an engine. */
export const DATA_WORKERS = 2;
