#!/usr/bin/env bash
# Deno: in a worker of node:worker_threads `parentPort.close` does not exist, and `unref` does what it is called for.
#
# Seen with Deno 2.9.6 (npm's package `deno`). Node's documents end a worker's listening by `parentPort.close()`; in Deno that
# is a TypeError in the worker, and a worker that keeps a listener never ends, nor does its program. `parentPort.unref()`
# lets the worker end in Deno with code 0; so it does in Node. A program for both calls `unref` where `close` is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund deno@2.9.6
cat > worker.mjs <<'JS'
import { parentPort } from "node:worker_threads";

parentPort.on("message", (what) => {
  parentPort.postMessage(`${what}: ${typeof parentPort[what]}`);
  parentPort.unref();
});
JS
cat > run.mjs <<'JS'
import { Worker } from "node:worker_threads";

for (const what of ["close", "unref"]) {
  const worker = new Worker(new URL("worker.mjs", import.meta.url));
  const ended = new Promise((resolve) => worker.on("exit", resolve));
  worker.on("message", (text) => console.log(text));
  worker.postMessage(what);
  console.log(`ended with ${await ended}`);
}
JS
one_line() { paste -sd, - | sed 's/,/, /g'; }
seen="Node: $(node run.mjs | one_line); Deno: $(timeout 60 npx --no-install deno run --allow-all run.mjs | one_line)"
expected="Node: close: function, ended with 0, unref: function, ended with 0; Deno: close: undefined, ended with 0, unref: function, ended with 0"
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
