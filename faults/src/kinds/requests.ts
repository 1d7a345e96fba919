import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exchange, oddRequests, problemOf } from "@fleuron/testing";
import { type Fault, oneByOne } from "../fault.js";
import { type ServerProcess, serveBundle } from "../lab/serve.js";
import { must } from "../lost.js";

const FILE = "model.onnx";

/** Each is answered as RFC 9110 has it or refused, and the server is there for the next one. */
export const requests: Fault = {
  name: "requests",
  what: "requests of odd ranges, hosts, paths and conditions to the page's server",
  times: { long: 1000, short: 200 },
  async *tries({ lab, ...options }) {
    const { bundle } = await lab.reference("onnx-cpu");
    const contents = await readFile(join(bundle, FILE));
    const file = { path: `/bundle/${FILE}`, bytes: contents.length };
    let server: ServerProcess | undefined;
    try {
      yield* oneByOne(options, (_, seed) => ({
        kind: "requests",
        async run() {
          if (server?.ended() !== undefined) server = undefined;
          server ??= await serveBundle(bundle);
          const [request] = oddRequests({ seed, count: 1, file });
          const answer = await exchange(request!, server);
          const problem = problemOf(request!, answer, contents);
          must(problem === undefined, () => problem ?? "");
          must(server.ended() === undefined, () => `the server ended with ${server?.ended()}`);
        },
      }));
    } finally {
      await server?.[Symbol.asyncDispose]();
    }
  },
};
