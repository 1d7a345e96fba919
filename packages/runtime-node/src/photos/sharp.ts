import { createRequire } from "node:module";
import type { default as Sharp } from "sharp";

const require = createRequire(import.meta.url);

/** The library that decodes, loaded when it is first asked for: it takes as long to load as all else of a command. */
export const sharp = () => require("sharp") as typeof Sharp;
