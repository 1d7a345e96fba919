#!/usr/bin/env bash
# onnxruntime-node: a tensor that is given for an output is filled, and yet what `run` returns is a second copy of it.
#
# Seen with onnxruntime-node 1.30.0 on Node 20: `run(feeds, { y: tensor })` writes the result into the tensor's own memory,
# as the documentation of onnxruntime-common says of such "fetches", but the map that it returns holds another tensor with
# memory of its own, for which the result was copied once more. A program that gives its outputs so that nothing is
# allocated in a loop still gets them allocated and copied in each run, and may ignore what is returned.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0
cat > run.mjs <<'JS'
import { InferenceSession, Tensor } from "onnxruntime-node";

// The few fields of ONNX's protobuf that a model of one Relu needs.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const int = (field, n) => [...varint(field << 3), ...varint(n)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, string) => bytes(field, [...Buffer.from(string)]);
const value = (name) => [...text(1, name), ...bytes(2, bytes(1, [...int(1, 1), ...bytes(2, bytes(1, int(1, 2)))]))];
const graph = [
  ...bytes(1, [...text(1, "x"), ...text(2, "y"), ...text(4, "Relu")]),
  ...text(2, "graph"),
  ...bytes(11, value("x")),
  ...bytes(12, value("y")),
];
const session = await InferenceSession.create(Uint8Array.from([...int(1, 8), ...bytes(7, graph), ...bytes(8, int(2, 15))]));

const x = new Tensor("float32", Float32Array.of(-1, 2), [2]);
const given = new Tensor("float32", new Float32Array(2), [2]);
const { y } = await session.run({ x }, { y: given });
console.log(`given: ${[...given.data]}; returned: ${[...y.data]}; the same tensor: ${y === given}; the same memory: ${y.data.buffer === given.data.buffer}`);
JS
seen=$(node run.mjs)
expected="given: 0,2; returned: 0,2; the same tensor: false; the same memory: false"
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
