#!/usr/bin/env bash
# onnxruntime-web in Chromium: a small network runs twice as slowly at first, and what takes the memory is the compiler.
#
# Seen with onnxruntime-web 1.30.0 (WASM, one thread) in Chromium 143: V8 begins with the code of its baseline compiler and compiles
# functions anew, and better, one by one, as they have been run for long enough. A network of 0.4 billion multiplications needs some
# 15 runs until then, which take about twice as long as the later ones, while one of many more is there after its first or second run. So a
# benchmark of ten runs compares compilers, and says of a pruned network that it gains nothing. And while V8 compiles the large
# functions of onnxruntime the page's process takes over 100 MB more for a moment, ten times as much as the network: with the flag
# --liftoff-only, which leaves the better code out, its peak is that much lower. A page can choose neither.
# (Needs Linux, and the libraries libnss3, libnspr4 and libexpat1, which desktops have.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-web@1.30.0 playwright-core@1.65.1 @sparticuz/chromium@143.0.4
cat > model.mjs <<'JS'
// The few fields of ONNX's protobuf that a chain of convolutions needs. [output channels, input channels, kernel, stride]
const layers = [[64, 3, 11, 4], [160, 64, 5, 2], [256, 160, 3, 1], [256, 256, 3, 1], [192, 256, 3, 1]];
const varint = (n) => { const out = []; for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128); return Buffer.from([...out, n]); };
const int = (field, n) => Buffer.concat([varint(field * 8), varint(n)]);
const bytes = (field, content) => Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
const text = (field, string) => bytes(field, Buffer.from(string));
const join = (...parts) => Buffer.concat(parts);
const ints = (name, values) => join(text(1, name), ...values.map((value) => int(8, value)), int(20, 7));
const value = (name, dims) =>
  join(text(1, name), bytes(2, bytes(1, join(int(1, 1), bytes(2, join(...dims.map((each) => bytes(1, int(1, each)))))))));
const parts = [];
let [size, name] = [227, "x"];
for (const [index, [to, from, kernel, stride]] of layers.entries()) {
  size = Math.floor((size - kernel) / stride) + 1;
  const weights = Float32Array.from({ length: to * from * kernel ** 2 }, (_, at) => Math.sin(at) / (kernel * Math.sqrt(from)));
  const [conv, out] = [`c${index}`, index === layers.length - 1 ? "y" : `r${index}`];
  const tensor = join(...[to, from, kernel, kernel].map((each) => int(1, each)), int(2, 1), text(8, `w${index}`), bytes(9, Buffer.from(weights.buffer)));
  const attributes = [ints("strides", [stride, stride]), ints("kernel_shape", [kernel, kernel])].map((each) => bytes(5, each));
  parts.push(bytes(1, join(text(1, name), text(1, `w${index}`), text(2, conv), text(4, "Conv"), ...attributes)));
  parts.push(bytes(1, join(text(1, conv), text(2, out), text(4, "Relu"))), bytes(5, tensor));
  name = out;
}
const graph = join(...parts, text(2, "graph"), bytes(11, value("x", [1, 3, 227, 227])), bytes(12, value("y", [1, 192, size, size])));
export const model = join(int(1, 8), bytes(7, graph), bytes(8, int(2, 15)));
JS
cat > page.html <<'HTML'
<!doctype html><script type="module">
import * as ort from "/dist/ort.wasm.min.mjs";
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create("/model.onnx", { executionProviders: ["wasm"] });
const x = new ort.Tensor("float32", new Float32Array(3 * 227 * 227).map((_, at) => Math.sin(at)), [1, 3, 227, 227]);
const times = [];
for (let run = 0; run < 60; run++) {
  const began = performance.now();
  await session.run({ x });
  times.push(performance.now() - began);
}
window.times = times;
</script>
HTML
cat > run.mjs <<'JS'
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import packaged from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { model } from "./model.mjs";

const types = { html: "text/html", mjs: "text/javascript", wasm: "application/wasm", onnx: "application/octet-stream" };
const server = createServer(({ url }, response) => {
  response.setHeader("content-type", types[url.split(".").at(-1)] ?? "text/html");
  if (url === "/") createReadStream("page.html").pipe(response);
  else if (url === "/model.onnx") response.end(model);
  else if (url.startsWith("/dist/")) createReadStream(`node_modules/onnxruntime-web${url}`).pipe(response);
  else response.writeHead(404).end();
}).listen(0, "127.0.0.1");
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function visit(flags) {
  const browser = await chromium.launch({ executablePath: await packaged.executablePath(), args: ["--no-sandbox", ...flags] });
  const devTools = await browser.newBrowserCDPSession();
  let [peak, going] = [0, true];
  const watching = (async () => {
    while (going) {
      const { processInfo } = await devTools.send("SystemInfo.getProcessInfo");
      for (const { id } of processInfo.filter(({ type }) => type === "renderer"))
        try { peak = Math.max(peak, Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]) / 1024); } catch {}
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => window.times, undefined, { timeout: 300_000 });
  const times = await page.evaluate(() => window.times);
  going = false;
  await watching;
  await browser.close();
  return { early: middle(times.slice(1, 10)), late: middle(times.slice(40)), peak };
}
const both = await visit([]);
const baseline = await visit(["--js-flags=--liftoff-only"]);
console.error("milliseconds of runs 2 to 10, of the last 20, and megabytes at most:", both, "baseline compiler alone:", baseline);
console.log(`later runs are faster by half and more: ${both.early > 1.5 * both.late}; with the baseline compiler alone: ${baseline.early > 1.5 * baseline.late}; the compiler took 70 MB and more: ${both.peak > baseline.peak + 70}`);
process.exit(0);
JS
seen=$(node run.mjs)
expected="later runs are faster by half and more: true; with the baseline compiler alone: false; the compiler took 70 MB and more: true"
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
