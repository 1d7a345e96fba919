// Conditions that do not hold, or are none: the answer is the file, or that it has changed.
import { type Draw, oneOf, textOf } from "./odd-request.js";

export const drawCondition: Draw = (random, { path }) => {
  const [line, status] = oneOf(random, CONDITIONS);
  return { text: textOf({ target: path, headers: [line] }), statuses: [status] };
};

const CONDITIONS: readonly (readonly [line: string, status: number])[] = [
  ['If-None-Match: "another"', 200],
  ['If-None-Match: W/"another", "and another"', 200],
  ["If-None-Match: another,,", 200],
  ["If-None-Match: ", 200],
  ["If-None-Match: *", 304],
  ["If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 200],
  ["If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT", 304],
  ["If-Modified-Since: Sunday, 01-Jan-40 00:00:00 GMT", 304],
  ["If-Modified-Since: Thu Jan  1 00:00:00 2099", 304],
  ["If-Modified-Since: yesterday", 200],
  ["If-Modified-Since: 1", 200],
  ["If-Match: *", 200],
  ['If-Match: "another"', 412],
  ["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 412],
  ["If-Unmodified-Since: Thu, 01 Jan 2099 00:00:00 GMT", 200],
  ["If-Unmodified-Since: never", 200],
];
