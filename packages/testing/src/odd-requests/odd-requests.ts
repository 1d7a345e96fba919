import { randomStream } from "@fleuron/model";
import { drawCondition } from "./conditions.js";
import { drawHost } from "./hosts.js";
import { type Draw, type OddRequest, type OddRequestFile, oneOf } from "./odd-request.js";
import { drawRange } from "./ranges.js";
import { drawBroken, drawPath, drawSpelling } from "./targets.js";

export interface OddRequestOptions {
  readonly seed: number;
  readonly count: number;
  /** A file of two bytes at least; the server knows it under loopback names and IP addresses. */
  readonly file: OddRequestFile;
}

const KINDS: readonly Draw[] = [
  drawRange,
  drawRange,
  drawHost,
  drawPath,
  drawSpelling,
  drawBroken,
  drawCondition,
];

/**
 * Requests that no browser sends: odd ranges, hosts, paths and conditions, and what is no request. The same for the
 * same seed; more of them begin with fewer of them.
 */
export const oddRequests = ({ seed, count, file }: OddRequestOptions): readonly OddRequest[] =>
  Array.from({ length: count }, (_, index) => {
    const random = randomStream(seed, "sample", 0, index);
    return oneOf(random, KINDS)(random, file);
  });
