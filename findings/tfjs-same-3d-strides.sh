#!/usr/bin/env bash
# TensorFlow.js: convolutions and pools of three axes with padding "same" and a stride above the window leave out the first elements.
#
# Seen with @tensorflow/tfjs-core and @tensorflow/tfjs-backend-cpu 4.22.0. A window of 1 with stride 3 along eight or nine numbers takes
# the first, fourth and seventh of them in `conv2d` and `maxPool`, as TensorFlow's rule has it (no padding where what would be padded is
# negative). `conv3d`, `maxPool3d` and `avgPool3d` pad by the negative number: they begin one element later. Of seven numbers,
# where nothing would be padded, they agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
cat > run.mjs <<'JS'
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";

const taken = (tensor) => [...tensor.dataSync()].join(" ");
for (const length of [7, 8, 9]) {
  const numbers = tf.range(0, length);
  const plane = tf.reshape(numbers, [1, length, 1, 1]);
  const volume = tf.reshape(numbers, [1, length, 1, 1, 1]);
  const two = [tf.conv2d(plane, tf.ones([1, 1, 1, 1]), [3, 1], "same"), tf.maxPool(plane, [1, 1], [3, 1], "same")];
  const three = [
    tf.conv3d(volume, tf.ones([1, 1, 1, 1, 1]), [3, 1, 1], "same"),
    tf.maxPool3d(volume, [1, 1, 1], [3, 1, 1], "same"),
    tf.avgPool3d(volume, [1, 1, 1], [3, 1, 1], "same"),
  ];
  console.log(`${length}: ${two.map(taken).join(", ")} | ${three.map(taken).join(", ")}`);
}
JS
seen=$(node run.mjs 2> errors.txt) || { cat errors.txt; exit 1; }
expected="7: 0 3 6, 0 3 6 | 0 3 6, 0 3 6, 0 3 6
8: 0 3 6, 0 3 6 | 1 4 7, 1 4 7, 1 4 7
9: 0 3 6, 0 3 6 | 1 4 7, 1 4 7, 1 4 7"
printf 'seen\n%s\nexpected\n%s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
