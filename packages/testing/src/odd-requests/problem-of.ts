import type { RawAnswer } from "./exchange.js";
import type { OddRequest } from "./odd-request.js";

/** What is wrong with an answer; undefined where nothing is. `contents` are the file's. */
export function problemOf(
  { text, statuses, part }: OddRequest,
  answer: RawAnswer | undefined,
  contents: Uint8Array,
): string | undefined {
  if (statuses.length === 0) return undefined;
  const wrong = (what: string) => `${what}: ${JSON.stringify(text.slice(0, 300))}`;
  if (!answer) return wrong("no answer");
  const { status, headers, body } = answer;
  if (!statuses.includes(status)) return wrong(`${status} in place of ${statuses.join(" or ")}`);
  const range = headers.get("content-range");
  if (status === 416 && range !== `bytes */${contents.length}`) return wrong(`416 with ${range}`);
  if (status !== 200 && status !== 206) return undefined;
  const [start, end] = status === 206 && part ? part : [0, contents.length];
  if (status === 206 && range !== `bytes ${start}-${end - 1}/${contents.length}`)
    return wrong(`206 of ${range}`);
  if (status === 200 && range !== undefined) return wrong(`200 of ${range}`);
  if (headers.get("content-length") !== String(end - start)) return wrong("another length");
  const expected = text.startsWith("HEAD ") ? contents.subarray(0, 0) : contents.subarray(start, end);
  return Buffer.compare(body, expected) === 0 ? undefined : wrong("other bytes");
}
