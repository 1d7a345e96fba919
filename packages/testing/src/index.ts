export { type DrawnImage, drawFlower, drawTiles, type FlowerOptions } from "./images.js";
export {
  encodeJpeg,
  encodePng,
  encodeWebp,
  type JpegForm,
  type PngForm,
  pngClaiming,
  type WebpForm,
} from "./images-encode.js";
export { drawnBatch, tinyNetwork } from "./tiny-network.js";
