#!/usr/bin/env bash
# onnxruntime: ScatterND with reduction="add" loses additions when it runs on several threads.
#
# Seen with onnxruntime-node 1.30.0 (CPU) on two cores: two million ones are added to three places, whose sums must be
# 666,667, 666,667 and 666,666. With intraOpNumThreads 1 they are. With 2 they differ from run to run, by up to more than a
# half, without an error or a warning: threads add to one place at the same time. ONNX allows repeated indices where there
# is a reduction. Whoever sums gradients into rows of a table (an embedding, a gather) gets too little.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0
cat > run.mjs <<'JS'
import { InferenceSession, Tensor } from "onnxruntime-node";

// The few fields of ONNX's protobuf that a model of one node needs.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const int = (field, n) => [...varint(field << 3), ...varint(n)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, string) => bytes(field, [...Buffer.from(string)]);
const value = (name, type, lengths) => [
  ...text(1, name),
  ...bytes(2, bytes(1, [...int(1, type), ...bytes(2, lengths.flatMap((n) => bytes(1, int(1, n))))])),
];
const [FLOAT, INT64, STRING] = [1, 7, 3];
const places = 3;
const count = 2_000_000;
const reduction = bytes(5, [...text(1, "reduction"), ...text(4, "add"), ...int(20, STRING)]);
const node = [..."data indices updates".split(" ").flatMap((name) => text(1, name)), ...text(2, "sums"), ...text(4, "ScatterND"), ...reduction];
const inputs = [value("data", FLOAT, [places]), value("indices", INT64, [count, 1]), value("updates", FLOAT, [count])];
const graph = [...bytes(1, node), ...text(2, "graph"), ...inputs.flatMap((each) => bytes(11, each)), ...bytes(12, value("sums", FLOAT, [places]))];
const model = Uint8Array.from([...int(1, 8), ...bytes(7, graph), ...bytes(8, int(2, 16))]);

const feeds = {
  data: new Tensor("float32", new Float32Array(places), [places]),
  indices: new Tensor("int64", BigInt64Array.from({ length: count }, (_, index) => BigInt(index % places)), [count, 1]),
  updates: new Tensor("float32", new Float32Array(count).fill(1), [count]),
};
const right = [666667, 666667, 666666];
for (const intraOpNumThreads of [1, 2]) {
  const session = await InferenceSession.create(model, { intraOpNumThreads });
  let wrong = 0;
  for (let run = 0; run < 10; run++) {
    const { sums } = await session.run(feeds);
    if ([...sums.data].some((sum, place) => sum !== right[place])) wrong++;
    if (process.env.SHOW) console.error(intraOpNumThreads, [...sums.data].join(" "));
  }
  console.log(`${intraOpNumThreads} thread(s): ${wrong === 0 ? "all right" : "too little"}`);
}
JS
seen=$(node run.mjs)
expected='1 thread(s): all right
2 thread(s): too little'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
