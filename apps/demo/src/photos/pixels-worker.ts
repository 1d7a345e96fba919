// A worker for one photo: the whole of it is decoded, which would stop the page for seconds.
import { FleuronError } from "@fleuron/model";
import type { Answer, Question } from "./pixels-of.js";
import { smallPixels } from "./small-pixels.js";

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  try {
    const pixels = await smallPixels(data.photo, data.background);
    postMessage({ pixels } satisfies Answer, { transfer: [pixels.data.buffer] });
  } catch (cause) {
    const error =
      cause instanceof FleuronError ? cause : new FleuronError("internal", String(cause), { cause });
    postMessage({ error: error.toJSON() } satisfies Answer);
  }
});
