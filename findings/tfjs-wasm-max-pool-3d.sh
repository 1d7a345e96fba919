#!/usr/bin/env bash
# TensorFlow.js on its WebAssembly backend: maxPool3d has no negative values.
#
# Seen with @tensorflow/tfjs-core, -backend-cpu and -backend-wasm 4.22.0 on Node 20: the largest of eight times -5 is
# 1.1754943508222875e-38, as the search begins at the least positive number of float32 and not at the least number. Where one value
# of a window is positive the result is right; where all are negative they are lost. maxPool of two dimensions is right, and so is
# the CPU backend. Nothing is thrown: a network for volumes or clips whose pooling does not follow a ReLU answers otherwise when a
# page takes wasm in the place of another backend. Compare the backends once, on values of both signs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat > run.mjs <<'JS'
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

for (const backend of ["cpu", "wasm"]) {
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  const window = (values, ...lengths) => tf.tensor(values, [1, ...lengths, 1]);
  const fives = new Array(8).fill(-5);
  const show = async (title, pooled) => console.log(`${backend}, ${title}: ${await pooled.data()}`);
  await show("maxPool of -5", tf.maxPool(window(fives, 4, 2), [4, 2], 1, "valid"));
  await show("maxPool3d of -5", tf.maxPool3d(window(fives, 2, 2, 2), 2, 2, "valid"));
  await show("maxPool3d with a 3", tf.maxPool3d(window(fives.with(5, 3), 2, 2, 2), 2, 2, "valid"));
}
JS
seen=$(node run.mjs 2> /dev/null | grep -E '^(cpu|wasm), ')
expected='cpu, maxPool of -5: -5
cpu, maxPool3d of -5: -5
cpu, maxPool3d with a 3: 3
wasm, maxPool of -5: -5
wasm, maxPool3d of -5: 1.1754943508222875e-38
wasm, maxPool3d with a 3: 3'
printf 'seen:\n%s\nexpected:\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
