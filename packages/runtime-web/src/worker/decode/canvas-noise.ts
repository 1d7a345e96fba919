const SIDE = 16;

let randomised: boolean | undefined;

/** Whether this browser changes what pages read from canvases, as some do against fingerprinting. */
export function canvasIsRandomised(): boolean {
  randomised ??= readsBackOtherwise();
  return randomised;
}

function readsBackOtherwise(): boolean {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true })!;
  const written = new ImageData(SIDE, SIDE);
  written.data.forEach((_, index) => {
    written.data[index] = index % 4 === 3 ? 255 : (index * 37) % 256;
  });
  context.putImageData(written, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.some((value, index) => value !== written.data[index]);
}
