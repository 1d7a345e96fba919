// `npm install` of the tarballs, and the chain under each JavaScript runtime.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./npm.js";

const RUNTIMES = ["bun@1.4.5", "deno@2.9.6"];

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
  await lab.install("runtimes", RUNTIMES);
  await lab.install("skip", [...lab.tarballs.values()], { env: { ONNXRUNTIME_NODE_INSTALL: "skip" } });
});
afterAll(() => lab[Symbol.asyncDispose]());

const main = "node_modules/fleuron/dist/bundled/main.js";
const photo = () => join(lab.folder, "photos/aster/0.jpg");
const train = () => [
  "train",
  "--data",
  join(lab.folder, "photos"),
  ..."--epochs 1 --width 0.1 --image-size 67".split(" "),
];
const runtime = (name: string) => join(lab.folder, "runtimes/node_modules/.bin", name);

/** What the last epoch came to, and the labels of a photo. */
async function chain(command: string, words: readonly string[], place: string) {
  const fleuron = (...line: readonly string[]) => lab.run(command, [...words, ...line], { place });
  const trained = await fleuron(...train(), "--out", `runs/${command.replaceAll(/\W+/g, "-")}`, "--json");
  const epoch = trained.split("\n").find((line) => line.includes('"type":"epoch"'))!;
  expect(await fleuron("export")).toContain("float32 matches the trained weights");
  const { predictions } = JSON.parse(await fleuron("predict", photo(), "--json"));
  expect(predictions).toHaveLength(2);
  const { loss, valAccuracy } = JSON.parse(epoch);
  return { loss, valAccuracy };
}

it("works after npm install --ignore-scripts, as npx fleuron", async () => {
  await lab.install("plain", [...lab.tarballs.values()], { flags: ["--ignore-scripts"] });
  await chain("npx", ["fleuron"], "plain");
});

describe("after ONNXRUNTIME_NODE_INSTALL=skip npm install", () => {
  it("trains under Node, Bun and Deno, to the same loss", async () => {
    const node = await chain("node", [main], "skip");
    expect(await chain(runtime("bun"), [main], "skip")).toEqual(node);
    expect(await chain(runtime("deno"), ["run", "-A", "--node-modules-dir=manual", main], "skip")).toEqual(
      node,
    );
  });
});
