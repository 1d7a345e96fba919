// Pictures of photos and of kernels, for pages that people look at.
export { kernelTiles } from "./kernel-tiles.js";
export { thumbnail } from "./thumbnail.js";
