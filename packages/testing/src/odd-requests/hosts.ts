// Names by which a client may take the server for another's.
import type { RandomStream } from "@fleuron/model";
import { type Draw, type OddRequest, oneOf, textOf } from "./odd-request.js";

/** The file under a name that the server knows, knows not, or that is none. */
export const drawHost: Draw = (random, { path }) => {
  const request = (host: readonly string[], ...statuses: readonly number[]): OddRequest => ({
    text: textOf({ target: path, host: host.map((each) => `Host: ${each}`) }),
    statuses,
  });
  switch (random.integer(5)) {
    case 0:
      return request([oneOf(random, KNOWN) + port(random)], 200);
    case 1:
      return request([mixedCase(random, oneOf(random, STRANGE)) + port(random)], 403);
    case 2:
      return request([oneOf(random, NO_HOSTS)], 400, 403);
    case 3:
      return request(oneOf(random, [[], ["localhost", "localhost"], ["localhost", "example.org"]]), 400);
    default: {
      // A target with a host of its own: that one counts.
      const [host, status] = oneOf(random, [
        [oneOf(random, KNOWN), 200] as const,
        [oneOf(random, STRANGE), 403] as const,
      ]);
      const target = `http://${host}${port(random)}${path}`;
      return { text: textOf({ target, host: [`Host: ${oneOf(random, KNOWN)}`] }), statuses: [status] };
    }
  }
};

const KNOWN = [
  "localhost",
  "LocalHost",
  "localhost.",
  "page.localhost",
  "127.0.0.1",
  "127.255.0.3",
  "192.168.178.20",
  "0.0.0.0",
  "[::1]",
  "[2001:DB8::17]",
  "[::ffff:10.0.0.1]",
];

const STRANGE = [
  "example.org",
  "localhost.example.org",
  "127.0.0.1.example.org",
  "notlocalhost",
  "localhost-",
  "xn--bcher-kva.example",
  "a",
  `${"a".repeat(60)}.example`,
];

const NO_HOSTS = [
  "",
  " ",
  ":",
  ":80",
  "localhost:port",
  "localhost:80:80",
  "user@localhost",
  "localhost/",
  "localhost@example.org",
  "example.org#localhost",
  "local host",
  "..",
  "localhost..",
  "[::1",
  "::1",
  "[localhost]",
  "[127.0.0.1]",
  "127.1",
  "0x7f000001",
  "256.0.0.1",
  "127.0.0.1\t.example.org",
  "loc\xe4lhost",
  "*",
];

const port = (random: RandomStream): string => oneOf(random, ["", ":", ":80", ":8227", ":65535", ":99999"]);

const mixedCase = (random: RandomStream, name: string): string =>
  [...name].map((each) => (random.integer(2) === 0 ? each : each.toUpperCase())).join("");
