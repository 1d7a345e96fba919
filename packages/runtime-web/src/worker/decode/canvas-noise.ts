const SIDE = 16;

let noise: number | undefined;

/** By how many levels, at most, this browser changes what pages read from canvases, as some do against fingerprinting. */
export function canvasNoise(): number {
  noise ??= measureNoise();
  return noise;
}

function measureNoise(): number {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true })!;
  const written = new ImageData(SIDE, SIDE);
  written.data.forEach((_, index) => {
    written.data[index] = index % 4 === 3 ? 255 : (index * 37) % 256;
  });
  context.putImageData(written, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.reduce((most, value, index) => Math.max(most, Math.abs(value - written.data[index]!)), 0);
}
