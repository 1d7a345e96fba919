#!/usr/bin/env bash
# Firefox: a picture in a Blob of several parts is recognised by the first part alone.
#
# Seen in Firefox ESR 153.8 (needs `firefox-esr` or `firefox` on PATH; driven by puppeteer-core 25.2.0):
# `createImageBitmap` takes a JPEG as a Blob of one part, and rejects the same bytes, with the same type, as a Blob of two
# parts of which the first is shorter than what the format is known by (two bytes here). With three bytes or more in the
# first part it decodes. A program that cuts metadata out of a JPEG and hands the remaining pieces to a Blob meets this, because
# the first piece is the two bytes of the start marker. Joined in one buffer first, all is well.
set -euo pipefail
firefox=$(command -v firefox-esr || command -v firefox)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts puppeteer-core@25.2.0
cat > run.mjs <<'JS'
import puppeteer from "puppeteer-core";
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], headless: true });
const page = await browser.newPage();
const seen = await page.evaluate(async () => {
  const canvas = new OffscreenCanvas(32, 24);
  canvas.getContext("2d").fillRect(4, 4, 9, 9);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
  const tried = [];
  for (const first of [0, 2, 3, 20]) {
    const parts = first === 0 ? [bytes] : [bytes.subarray(0, first), bytes.subarray(first)];
    const blob = new Blob(parts, { type: "image/jpeg" });
    const result = await createImageBitmap(blob).then(() => "decoded", (error) => error.name);
    tried.push(`${first || "whole"}: ${result}`);
  }
  return tried.join(", ");
});
await browser.close();
console.log(seen);
JS
seen=$(node run.mjs "$firefox")
expected='whole: decoded, 2: InvalidStateError, 3: decoded, 20: decoded'
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
