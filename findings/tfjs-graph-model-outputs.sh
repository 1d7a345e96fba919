#!/usr/bin/env bash
# TensorFlow.js: the outputs of a graph model have no shape, even where model.json's signature states it.
#
# Seen with @tensorflow/tfjs-converter 4.22.0 on Node 20: `GraphModel.outputs` is declared as `TensorInfo[]`, whose
# `shape` is not optional. Inputs have the shape of their placeholder; the shape of outputs is undefined, with a
# signature that has `tensorShape` for both as without one. So a loader cannot check that a model gives the number of
# classes that its labels have: it must run the model once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-converter@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0
cat > run.mjs <<'JS'
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { loadGraphModel } from "@tensorflow/tfjs-converter";

const float = { type: "DT_FLOAT" };
const sides = { dim: [{ size: "2" }, { size: "3" }] };
const modelTopology = {
  node: [
    { name: "x", op: "Placeholder", attr: { dtype: float, shape: { shape: sides } } },
    { name: "y", op: "Relu", input: ["x"], attr: { T: float } },
  ],
  versions: { producer: 1 },
};
const stated = (name) => ({ [name]: { name: `${name}:0`, dtype: "DT_FLOAT", tensorShape: sides } });
const signature = { inputs: stated("x"), outputs: stated("y") };
const files = { format: "graph-model", modelTopology, signature, weightSpecs: [], weightData: new ArrayBuffer(0) };
const model = await loadGraphModel({ load: async () => files });
const { shape } = model.predict(tf.tensor2d([[-1, 2, -3], [4, -5, 6]]));
const shapeOf = (info) => info.shape ?? null;
console.log(JSON.stringify({ inputs: model.inputs.map(shapeOf), outputs: model.outputs.map(shapeOf), result: shape }));
JS
seen=$(node run.mjs 2> /dev/null)
expected='{"inputs":[[2,3]],"outputs":[null],"result":[2,3]}'
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
