/** What cuts keep free for scales, and for kernels that need more bits. */
const RESERVE = 0.06;

/** The bytes to cut to for a file of so many. */
export const bytesToCutTo = (targetBytes: number): number => targetBytes * (1 - RESERVE);

/** The bytes of a file for which a network is cut to so many. */
export const bytesOfFile = (cutBytes: number): number => Math.ceil(cutBytes / (1 - RESERVE));
