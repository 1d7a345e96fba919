// What runs in the page of `inChromium`.

import { type MeasureOptions, measure } from "../measure.js";
import type { Measured } from "../place.js";

declare global {
  interface Window {
    webgpuBench: { measure(options: PageOptions): Promise<Measured> };
    /** Given by the script that opened the page. */
    tellProgress(what: string): Promise<void>;
  }
}

export type PageOptions = Omit<MeasureOptions, "classes" | "onProgress">;

const onProgress = (what: string) => void window.tellProgress(what);
window.webgpuBench = { measure: (options) => measure({ ...options, onProgress, classes: globalThis }) };
