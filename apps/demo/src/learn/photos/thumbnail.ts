/** Pixels: twice what is shown, for sharp screens. */
const HEIGHT = 128;
/** Decoded at a time: each holds a whole photo in memory. */
const MOST = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** A photo made small, one after the other and beside the page's own thread. @throws what the browser says of a file that it cannot decode. */
export async function thumbnail(photo: Blob): Promise<ImageBitmap> {
  if (running >= MOST) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await createImageBitmap(photo, { resizeHeight: HEIGHT, resizeQuality: "medium" });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
