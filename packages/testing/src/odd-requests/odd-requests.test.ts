import { describe, expect, it } from "vitest";
import { exchange, oddRequests, problemOf, requestText } from "../index.js";
import { startStaticServer } from "../server.js";

const contents = Uint8Array.from({ length: 100 }, (_, index) => index);
const file = { path: "/model.onnx", bytes: contents.length };

it("draws the same requests from the same seed, others from another, and fewer as the first of more", () => {
  const requests = oddRequests({ seed: 5, count: 50, file });
  expect(oddRequests({ seed: 5, count: 20, file })).toEqual(requests.slice(0, 20));
  expect(oddRequests({ seed: 6, count: 50, file })).not.toEqual(requests);
  expect(new Set(requests.map(({ text }) => text)).size).toBeGreaterThan(40);
});

it("finds the faults of a server that knows no hosts and few ranges", async () => {
  await using server = await startStaticServer({ files: { [file.path]: contents } as const });
  const options = { port: Number(new URL(server.url).port) };
  const problems: string[] = [];
  for (const each of oddRequests({ seed: 1, count: 60, file })) {
    const problem = problemOf(each, await exchange(each, options), contents);
    if (problem !== undefined) problems.push(problem);
  }
  expect(problems.some((each) => each.startsWith("200 in place of 403"))).toBe(true);
  expect(problems.some((each) => each.startsWith("200 in place of 206"))).toBe(true);
});

describe("an answer", () => {
  const request = { text: requestText({ target: file.path }), statuses: [206], part: [2, 4] } as const;
  const answer = (change: { status?: number; range?: string; body?: Uint8Array }) => {
    const { status = 206, range = "bytes 2-3/100", body = contents.subarray(2, 4) } = change;
    const headers = new Map([
      ["content-range", range],
      ["content-length", String(body.length)],
    ]);
    return problemOf(request, { status, headers, body }, contents);
  };
  it("of the bytes that were asked for is right", () => expect(answer({})).toBeUndefined());
  it("of other bytes is wrong", () =>
    expect(answer({ body: contents.subarray(3, 5) })).toMatch(/^other bytes/));
  it("of a byte too few is wrong", () =>
    expect(answer({ body: contents.subarray(2, 3) })).toMatch(/^another length/));
  it("of another range is wrong", () =>
    expect(answer({ range: "bytes 2-4/100" })).toMatch(/^206 of bytes 2-4/));
  it("with another status is wrong", () => expect(answer({ status: 416 })).toMatch(/^416 in place of 206/));
  it("that does not come is wrong", () =>
    expect(problemOf(request, undefined, contents)).toMatch(/^no answer/));
});
