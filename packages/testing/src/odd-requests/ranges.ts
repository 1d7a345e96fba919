// Requests for parts of a file, as RFC 9110 has them (section 14), and what is none.
import type { RandomStream } from "@fleuron/model";
import { type Draw, type OddRequest, oneOf, textOf } from "./odd-request.js";

interface Wanted {
  readonly range: string;
  readonly statuses: readonly number[];
  readonly part?: readonly [start: number, end: number];
}

/** A range, and a reason to send the whole in its place, or a method that knows no ranges. */
export const drawRange: Draw = (random, { path, bytes }) => {
  const wanted = oneOf(random, WANTED)(random, bytes);
  const { range, statuses, part } = wanted;
  const request = (extra: readonly string[], change: Partial<OddRequest>, method = "GET"): OddRequest => ({
    text: textOf({ method, target: path, headers: [`Range: ${range}`, ...extra] }),
    statuses,
    ...(part && { part }),
    ...change,
  });
  switch (random.integer(6)) {
    case 0:
      return request([`If-Range: ${oneOf(random, VALIDATORS_OF_OTHERS)}`], { statuses: [200] });
    case 1:
      return request([], { statuses: [200] }, "HEAD");
    default:
      return request([], {});
  }
};

/** None of them is a file's own: not strong, too old, or nothing at all. */
const VALIDATORS_OF_OTHERS = [
  '"another"',
  'W/"another"',
  "another",
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Thu, 01 Jan 2099 00:00:00 GMT",
  "yesterday",
];

const WANTED: readonly ((random: RandomStream, bytes: number) => Wanted)[] = [
  (random, bytes) => {
    const [first, last] = [random.integer(bytes), random.integer(bytes)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    return { range: `${unit(random)}=${first}-${last}`, statuses: [206], part: [first, last + 1] };
  },
  (random, bytes) => {
    const at = oneOf(random, [0, random.integer(bytes), bytes - 1]);
    return { range: `bytes=${at}-${at}`, statuses: [206], part: [at, at + 1] };
  },
  (random, bytes) => {
    const first = random.integer(bytes);
    return { range: `bytes=${first}-`, statuses: [206], part: [first, bytes] };
  },
  (random, bytes) => {
    const length = 1 + random.integer(2 * bytes);
    return { range: `bytes=-${length}`, statuses: [206], part: [Math.max(0, bytes - length), bytes] };
  },
  (random, bytes) => {
    const first = random.integer(bytes);
    const last = oneOf(random, [`${bytes}`, "4294967296", `${Number.MAX_SAFE_INTEGER}`]);
    return { range: `bytes=${first}-${last}`, statuses: [206], part: [first, bytes] };
  },
  (random, bytes) => {
    const first = oneOf(random, [`${bytes}`, `${bytes + random.integer(bytes)}`, "9".repeat(40)]);
    return {
      range: oneOf(random, [`bytes=${first}-`, `bytes=${first}-${first}`, "bytes=-0"]),
      statuses: [416],
    };
  },
  // Several ranges: a server may send the whole, and ours does.
  (random, bytes) => ({ range: `bytes=0-0,${random.integer(bytes)}-`, statuses: [200] }),
  // A last byte before the first.
  (random, bytes) => ({ range: `bytes=${1 + random.integer(bytes - 1)}-0`, statuses: [200] }),
  (random, bytes) => ({
    range: `${oneOf(random, ["items", "seconds", "byte", "none", "x-bytes"])}=0-${random.integer(bytes)}`,
    statuses: [200],
  }),
  (random) => ({ range: oneOf(random, MALFORMED), statuses: [200] }),
  (random) => ({ range: `bytes=${noise(random)}`, statuses: [200] }),
];

const unit = (random: RandomStream): string => oneOf(random, ["bytes", "bytes", "Bytes", "BYTES"]);

const MALFORMED = [
  "",
  "0-1",
  "bytes",
  "bytes=",
  "bytes=-",
  "bytes=--1",
  "bytes=0",
  "bytes=one-two",
  "bytes=0x0-0x1",
  "bytes=+0-+1",
  "bytes=0.0-1.0",
  "bytes=0 - 1",
  "bytes = 0-1",
  "bytes:0-1",
  "=0-1",
  "bytes=1e0-2",
  "bytes=0-1;2-3",
  "bytes=\xb2-\xb3",
];

/** Characters of which no range is made. */
const noise = (random: RandomStream): string =>
  Array.from({ length: 1 + random.integer(40) }, () => oneOf(random, [..."abcxyz;:/?@!$&()*+.~\t "])).join(
    "",
  );
