#!/usr/bin/env bash
# WebKitGTK: createImageBitmap turns and converts photos although it was told not to.
#
# Seen in WebKitGTK 2.50.6 (Debian: needs `webkit2gtk-driver` and `xvfb` on PATH, and Node 20):
# with `imageOrientation: "none"` a JPEG whose EXIF says 6 comes turned by 90 degrees, and with `colorSpaceConversion:
# "none"` a PNG with a gAMA chunk of 1.0 comes with levels that are up to 72 of 255 off those that it stores. Neither option is
# refused. A JPEG that lacks its last tenth is no error. A page that wants the stored pixels has to cut this
# metadata out of the file first, and to look for its end.
set -euo pipefail
for program in Xvfb WebKitWebDriver; do
  command -v "$program" > /dev/null || { echo "$program is not on PATH"; exit 1; }
done
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$folder"' EXIT
Xvfb -displayfd 3 -nolisten tcp 3> "$folder/display" 2> /dev/null &
xvfb=$!
until [ -s "$folder/display" ]; do kill -0 "$xvfb"; sleep 0.1; done
DISPLAY=":$(cat "$folder/display")" WebKitWebDriver --port=8377 > /dev/null 2>&1 &
cat > "$folder/run.mjs" <<'JS'
const command = async (path, parameters, method = "POST") => {
  const body = method === "POST" ? JSON.stringify(parameters) : undefined;
  const answer = await fetch(`http://127.0.0.1:8377${path}`, { method, body });
  return (await answer.json()).value;
};
while (!(await fetch("http://127.0.0.1:8377/status").catch(() => undefined)))
  await new Promise((resolve) => setTimeout(resolve, 100));
const { sessionId } = await command("/session", { capabilities: {} });
const session = `/session/${sessionId}`;
async function look() {
  const canvas = new OffscreenCanvas(48, 32);
  const context = canvas.getContext("2d");
  for (let x = 0; x < 48; x++) {
    context.fillStyle = `rgb(${x * 5}, ${240 - x * 5}, 128)`;
    context.fillRect(x, 0, 1, 32);
  }
  const bytesOf = async (type) => [...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())];
  const [jpeg, png] = [await bytesOf("image/jpeg"), await bytesOf("image/png")];
  const text = (string) => [...string].map((character) => character.charCodeAt(0));
  const exif = text("\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
  // Length, type, 100000, and the CRC of the latter two.
  const gamma = [0, 0, 0, 4, ...text("gAMA"), 0, 1, 0x86, 0xa0, 0x31, 0xe8, 0x96, 0x5f];
  // The chunks IDAT: without what WebKit itself says of colours.
  const imageData = (png) => {
    const chunks = [];
    for (let at = 33; at < png.length; ) {
      const length = new DataView(new Uint8Array(png).buffer).getUint32(at) + 12;
      if (png[at + 4] === "I".charCodeAt(0) && png[at + 5] === "D".charCodeAt(0)) chunks.push(...png.slice(at, at + length));
      at += length;
    }
    return chunks;
  };
  const pixels = async (bytes) => {
    const options = { imageOrientation: "none", colorSpaceConversion: "none" };
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), options);
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return { size: `${width}x${height}`, data: context.getImageData(0, 0, width, height).data };
  };
  const plain = await pixels(png);
  const corrected = await pixels([...png.slice(0, 33), ...gamma, ...imageData(png), ...png.slice(-12)]);
  const most = corrected.data.reduce((most, value, at) => Math.max(most, Math.abs(value - plain.data[at])), 0);
  const turned = await pixels([...jpeg.slice(0, 2), ...exif, ...jpeg.slice(2)]);
  const half = await pixels(jpeg.slice(0, Math.floor(jpeg.length * 0.9))).then(() => "decoded", () => "refused");
  return `orientation 6: ${turned.size}, gamma: ${most > 20 ? "converted" : "as stored"} (${most}), a cut file: ${half}`;
}
const script = `const [answer] = arguments; (${look})().then(answer, (error) => answer(String(error)));`;
console.log(await command(`${session}/execute/async`, { script, args: [] }));
await command(session, {}, "DELETE");
JS
seen=$(node "$folder/run.mjs")
expected='orientation 6: 32x48, gamma: converted (N), a cut file: decoded'
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$(sed 's/([0-9]*)/(N)/' <<< "$seen")" = "$expected" ]
