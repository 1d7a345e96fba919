import type { IncomingHttpHeaders } from "node:http";
import { expect, it } from "vitest";
import { outcomeOf } from "./outcome.js";

const DATE = "Sat, 28 Nov 2026 08:00:00 GMT";
const SECOND_BEFORE = "Sat, 28 Nov 2026 07:59:59 GMT";
const file = { etag: '"now"', modified: Date.parse(DATE), bytes: 10 };
const whole = { status: 200, start: 0, end: 10 };
const part = { status: 206, start: 2, end: 4 };
const range = "bytes=2-3";

it.each<[string, IncomingHttpHeaders, object]>([
  ["nothing", {}, whole],
  ["its tag", { "if-none-match": '"now"' }, { status: 304 }],
  ["its tag, marked as weak", { "if-none-match": 'W/"now"' }, { status: 304 }],
  ["its tag among others", { "if-none-match": '"then", "now"' }, { status: 304 }],
  ["any tag", { "if-none-match": "*" }, { status: 304 }],
  ["another tag", { "if-none-match": '"then"' }, whole],
  ["another tag and its date", { "if-none-match": '"then"', "if-modified-since": DATE }, whole],
  ["its date", { "if-modified-since": DATE }, { status: 304 }],
  [
    "its date as RFC 850 had it",
    { "if-modified-since": "Saturday, 28-Nov-26 08:00:00 GMT" },
    { status: 304 },
  ],
  ["its date as C has it", { "if-modified-since": "Sat Nov 28 08:00:00 2026" }, { status: 304 }],
  ["an older date", { "if-modified-since": SECOND_BEFORE }, whole],
  ["no date", { "if-modified-since": "2030" }, whole],
  ["a part", { range }, part],
  ["a part of this file", { range, "if-range": '"now"' }, part],
  ["a part of the file of this date", { range, "if-range": DATE }, part],
  ["a part of an older file", { range, "if-range": '"then"' }, whole],
  ["a part by a weak tag", { range, "if-range": 'W/"now"' }, whole],
  ["a part of the file of an older date", { range, "if-range": SECOND_BEFORE }, whole],
  ["a part of the file of a later date", { range, "if-range": "Sun, 29 Nov 2026 08:00:00 GMT" }, whole],
  ["a part by neither", { range, "if-range": "now" }, whole],
  ["a part that is not there", { range: "bytes=10-" }, { status: 416 }],
  ["a part that is not there of an older file", { range: "bytes=10-", "if-range": '"then"' }, whole],
  ["a part that it has already", { range, "if-none-match": '"now"' }, { status: 304 }],
  ["this file or none", { "if-match": '"now"' }, whole],
  ["any file or none", { "if-match": "*" }, whole],
  ["an older file or none", { range, "if-match": '"then"' }, { status: 412 }],
  ["a weak tag or none", { "if-match": 'W/"now"' }, { status: 412 }],
  ["a file as old or none", { "if-unmodified-since": DATE }, whole],
  ["an older one by date or none", { "if-unmodified-since": SECOND_BEFORE }, { status: 412 }],
  ["this tag, whatever its date", { "if-match": '"now"', "if-unmodified-since": SECOND_BEFORE }, whole],
])("asked for with %s", (_, headers, expected) => {
  expect(outcomeOf({ method: "GET", headers }, file)).toEqual(expected);
});

it("knows parts for GET alone", () => {
  expect(outcomeOf({ method: "HEAD", headers: { range } }, file)).toEqual(whole);
});
