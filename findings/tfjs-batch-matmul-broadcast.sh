#!/usr/bin/env bash
# TensorFlow.js on its CPU backend: matMul of batches that broadcast in some axes only gives wrong products.
#
# Seen with @tensorflow/tfjs-core and -backend-cpu 4.22.0 on Node 20: [2, 1, 2, 3] × [2, 3, 3, 2] has the shape
# [2, 3, 2, 2] that broadcasting gives it, and other products than the same factor repeated by hand (tf.tile). A factor that
# broadcasts as a whole ([1, 1, …]) is right. Nothing is thrown, and nothing says that only that is meant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
cat > run.mjs <<'JS'
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";

const filled = (shape) => {
  const size = shape.reduce((a, b) => a * b);
  return tf.tensor(Array.from({ length: size }, (_, index) => (index % 7) - 3), shape);
};
const difference = async (a, b, rows) => {
  const right = tf.tile(a, [b.shape[0] / a.shape[0], b.shape[1] / a.shape[1], 1, 1]);
  const [seen, meant] = await Promise.all([tf.matMul(a, b).data(), tf.matMul(right, b).data()]);
  return seen.every((value, index) => value === meant[index]) ? "right" : "wrong";
};
const b = filled([2, 3, 3, 2]);
console.log(`[1,1,2,3]: ${await difference(filled([1, 1, 2, 3]), b)}; [2,1,2,3]: ${await difference(filled([2, 1, 2, 3]), b)}`);
JS
seen=$(node run.mjs 2> /dev/null | tail -1)
expected='[1,1,2,3]: right; [2,1,2,3]: wrong'
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
