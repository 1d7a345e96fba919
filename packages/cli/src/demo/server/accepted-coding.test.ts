import { expect, it } from "vitest";
import { acceptedCoding } from "./accepted-coding.js";

it.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip;q=1.0, br;q=0", "gzip"],
  ["BR", "br"],
  ["*", "br"],
  ["br;q=0, *;q=0.1", "gzip"],
  ["identity", undefined],
  ["", undefined],
  [undefined, undefined],
])("of br and gzip, who accepts %s is sent %s", (accepted, sent) => {
  const headers = accepted === undefined ? {} : { "accept-encoding": accepted };
  expect(acceptedCoding(headers, ["br", "gzip"])).toBe(sent);
  expect(acceptedCoding({ ...headers, range: "bytes=0-1" }, ["br", "gzip"])).toBeUndefined();
});
