export type { ChromiumErrorCode } from "./errors.js";
export { type FindChromiumOptions, type FoundChromium, findChromium } from "./find.js";
export { type LaunchChromiumOptions, launchChromium } from "./launch.js";
export { type ChromiumLook, lookForChromium } from "./look.js";
export type { ChromiumProgress } from "./progress.js";
