// What registries and TypeScript's resolvers say about the tarballs.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, openLab } from "./npm.js";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

it("attw finds nothing wrong with their types", async () => {
  await lab.install("tools", ["@arethetypeswrong/cli@0.18.5"]);
  const attw = join(lab.folder, "tools/node_modules/.bin/attw");
  for (const [name, tarball] of lab.tarballs) {
    if (name === "@fleuron/demo") continue; // A page has no types.
    // It ends with 1 where it finds something.
    expect(await lab.run(attw, [tarball, "--profile", "esm-only"])).toContain("🟢");
  }
});

it("npm publish would take them as they are", async () => {
  const registry = createServer((_, response) => response.writeHead(404).end("{}")).listen(0, "127.0.0.1");
  await once(registry, "listening");
  const { port } = registry.address() as AddressInfo;
  for (const tarball of lab.tarballs.values()) {
    const words = ["publish", tarball, "--dry-run", "--registry", `http://127.0.0.1:${port}/`];
    const env = { npm_config_loglevel: "warn", [`npm_config_//127.0.0.1:${port}/:_authToken`]: "none" };
    const [out, errors] = await lab.heard("npm", words, { env });
    expect(out).toMatch(/^\+ (@fleuron\/[\w-]+|fleuron)@\d/m);
    expect(errors).not.toMatch(/npm (warn|error)/);
  }
  registry.close();
});
