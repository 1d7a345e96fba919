import { permutation, randomStream } from "@fleuron/model";

/** The order in which an epoch goes through so many photos. */
export const epochOrder = (seed: number, epoch: number, photos: number): Uint32Array =>
  permutation(randomStream(seed, "shuffle", epoch, 0), photos);
