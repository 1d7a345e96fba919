#!/usr/bin/env bash
# onnxruntime-node: `env.logLevel` counts when the first session is created and never again.
#
# Seen with onnxruntime-node 1.30.0 on Node 20: a program that says `env.logLevel = "error"` after its first session goes
# on to write warnings, and one that asks for them again never sees one. Nothing says so, and the property keeps what was
# set. The session option `logSeverityLevel` (2 is warning, 3 error) counts for each session, whatever the property holds.
# The model here has an initializer that no node uses, about which each session that may warn writes a line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0
cat > run.mjs <<'JS'
import { env, InferenceSession } from "onnxruntime-node";

// The few fields of ONNX's protobuf that a model of one Relu needs.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const int = (field, n) => [...varint(field << 3), ...varint(n)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field, string) => bytes(field, [...Buffer.from(string)]);
const value = (name) => [...text(1, name), ...bytes(2, bytes(1, [...int(1, 1), ...bytes(2, bytes(1, int(1, 2)))]))];
const graph = [
  ...bytes(1, [...text(1, "x"), ...text(2, "y"), ...text(4, "Relu")]),
  ...text(2, "graph"),
  ...bytes(5, [...int(1, 1), ...int(2, 1), ...text(8, "unused"), ...bytes(9, [0, 0, 0, 0])]),
  ...bytes(11, value("x")),
  ...bytes(12, value("y")),
];
const model = Uint8Array.from([...int(1, 8), ...bytes(7, graph), ...bytes(8, int(2, 15))]);

const [first, second, severity] = process.argv.slice(2);
const options = severity ? { logSeverityLevel: Number(severity) } : {};
for (const level of [first, second]) {
  env.logLevel = level;
  await InferenceSession.create(model, options);
}
JS
warnings() { node run.mjs "$@" 2>&1 | grep -c "Removing initializer" || true; }
seen="warning, then error: $(warnings warning error); error, then warning: $(warnings error warning)"
seen="$seen; both warning, sessions at 3: $(warnings warning warning 3); both error, sessions at 2: $(warnings error error 2)"
expected="warning, then error: 2; error, then warning: 0; both warning, sessions at 3: 0; both error, sessions at 2: 2"
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
