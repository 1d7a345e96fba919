import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { bindDimensions, interpret, referenceTensor, trainingGraph } from "@fleuron/graph";
import { alexnet, randomStream, sizeOf } from "@fleuron/model";
import { drawnWeights, startStaticServer } from "@fleuron/testing";
import { build } from "esbuild";
import { expect, it } from "vitest";
import type {} from "./browser/run-graph.js";

/** Bytes of the dialect, its page included, minified: the number moves when somebody decides that it should. */
const CEILING = 53_500;

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("browser/run-graph.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  minify: true,
  write: false,
  logLevel: "silent",
});
const bundle = outputFiles[0]!.contents;

it("takes few bytes of a page to run a graph on WebGPU", () => {
  expect(bundle.byteLength).toBeLessThan(CEILING);
});

it("gives in Chromium on WebGPU the interpreter's gradients, and the same bits again", async () => {
  const network = alexnet({ classes: 5, imageSize: 67, width: 0.1 });
  const graph = bindDimensions(trainingGraph(network), { batch: 4 });
  const weights = drawnWeights(network);
  const feeds = Object.fromEntries(
    [...graph.inputs, ...graph.variables].map(({ name, value }, index) => {
      const { shape } = graph.types[value]!;
      const random = randomStream(1, "augment", 0, index);
      const drawn = () => Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
      const weight = weights.get(name);
      const data = name === "normalizer" ? Float32Array.of(4) : weight ? Float32Array.from(weight) : drawn();
      return [name, { shape, data }] as const;
    }),
  );
  const exact = Object.entries(feeds).map(([name, { shape, data }]) => [name, referenceTensor(shape, data)]);
  const { outputs } = interpret(graph, Object.fromEntries(exact));

  const page = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';
  await using server = await startStaticServer({ files: { "/index.html": page, "/page.js": bundle } });
  await using browser = await launchChromium();
  const tab = await browser.newPage();
  await tab.goto(server.url);
  const data = Object.entries(feeds).map(([name, feed]) => [name, feed.data] as const);
  const request = { graph: JSON.stringify(graph), feeds: Object.fromEntries(data) };
  const [first, second] = await tab.evaluate((given) => window.runGraph(given), request);

  expect(second).toEqual(first);
  expect(Object.keys(first!)).toEqual([...outputs.keys()]);
  for (const [name, { data: expected }] of outputs) {
    const difference = expected.map((value, index) => value - first![name]![index]!);
    expect(norm(difference), name).toBeLessThan(1e-5 * Math.max(norm(expected), 1e-3));
  }
});

const norm = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));
