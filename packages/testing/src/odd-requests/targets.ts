// Paths that lead to no file, and requests that are none.
import type { RandomStream } from "@fleuron/model";
import { type Draw, oneOf, textOf } from "./odd-request.js";

const STEPS = [
  "..",
  "%2e%2e",
  ".%2E",
  ".",
  "%2e",
  "",
  "%00",
  "%",
  "%zz",
  "%c0%ae",
  "%ff",
  "...",
  ".env",
  "..%2f",
  "..\\",
  "%5c",
  "~",
  "a b",
];

/** A path that leads out of the server's folders, or nowhere. */
export const drawPath: Draw = (random, { path }) => {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const steps = Array.from({ length: 1 + random.integer(6) }, () => oneOf(random, STEPS));
  const target = oneOf(random, [
    `/${steps.join("/")}/package.json`,
    `${folder}/${steps.join("/")}/secret.txt`,
    `${path}/${steps.join("/")}`,
    `${path}%00`,
    `${path}.bak`,
    folder,
    `${folder}/`,
    "*",
    steps.join("") || "x",
    `/${"a".repeat(200 + random.integer(4000))}`,
  ]);
  // 400 is also said of what is no target at all.
  return { text: textOf({ target, method: oneOf(random, ["GET", "GET", "HEAD"]) }), statuses: [400, 404] };
};

/** The file itself, by another spelling of its path. */
export const drawSpelling: Draw = (random, { path }) => {
  const spelt = [...path]
    .map((each) => (each === "/" || random.integer(4) > 0 ? each : `%${each.charCodeAt(0).toString(16)}`))
    .join("");
  const query = oneOf(random, ["", "?", "?v=1", "?%", "?a=/../..", "#part"]);
  // A "#" is not sent by clients: 400 is right, too.
  return { text: textOf({ target: spelt + query }), statuses: query.startsWith("#") ? [200, 400] : [200] };
};

/** What only those send who mean no good, or who break off. */
export const drawBroken: Draw = (random, { path }) => {
  const whole = textOf({ target: path });
  const cut = whole.slice(0, 1 + random.integer(whole.length - 1));
  return oneOf(random, [
    { text: cut, statuses: [400], afterwards: "end" } as const,
    { text: cut, statuses: [], afterwards: "destroy" } as const,
    { text: whole, statuses: [], afterwards: "destroy" } as const,
    {
      text: textOf({ target: path, headers: [`X: ${"x".repeat(20_000 + random.integer(50_000))}`] }),
      statuses: [431],
    },
    { text: `${noise(random)}\r\n\r\n`, statuses: [400] },
    {
      text: textOf({ target: path, method: oneOf(random, ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"]) }),
      statuses: [405],
    },
    { text: textOf({ target: path, method: oneOf(random, ["get", "FETCH", "G\xcbT"]) }), statuses: [400] },
    {
      text: textOf({ target: path, headers: ["Transfer-Encoding: chunked", "Content-Length: 3"] }),
      statuses: [400],
    },
    {
      text: textOf({ target: path, headers: ["Upgrade: websocket", "Connection: Upgrade"] }),
      statuses: [200],
    },
    { text: textOf({ target: path, headers: ["Expect: a-miracle"] }), statuses: [200, 417] },
    {
      text: textOf({ target: path }).replace("HTTP/1.1", oneOf(random, ["HTTP/9.9", "HTTP/x", "HTTX/1.1"])),
      statuses: [400, 505],
    },
  ]);
};

const noise = (random: RandomStream): string =>
  Array.from({ length: 1 + random.integer(200) }, () =>
    String.fromCharCode(0x80 + random.integer(0x80)),
  ).join("");
