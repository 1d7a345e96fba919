export { archiveOf, flowerArchive, remoteOf, type TestEntry } from "./archive.js";
export { drawnWeights } from "./drawn-weights.js";
export type { DrivenBrowser, DrivenPage } from "./driven-browser.js";
export { findFirefox } from "./firefox/find.js";
export { launchFirefox } from "./firefox/launch.js";
export { follow } from "./follow.js";
export { htmlProblems } from "./html-problems.js";
export { type DrawnImage, drawFlower, drawTiles, type FlowerOptions } from "./images.js";
export {
  encodeAnimation,
  encodeJpeg,
  encodePlainJpeg,
  encodePng,
  encodeWebp,
  type JpegForm,
  type PngForm,
  pngClaiming,
  type WebpForm,
} from "./images-encode.js";
export { importedPreprocessing, importSource } from "./imported.js";
export { installedEngine } from "./installed-engine.js";
export { type BundleContents, hashesOf, type Lie, type LyingBundle, lies } from "./lying-bundles.js";
export {
  type ExchangeOptions,
  exchange,
  type OddRequest,
  type OddRequestFile,
  type OddRequestOptions,
  oddRequests,
  problemOf,
  type RawAnswer,
  textOf as requestText,
} from "./odd-requests/index.js";
export {
  type ExifForm,
  exifBlock,
  withExif,
  withJpegSegment,
  withPngChunk,
  withWebpMetadata,
} from "./photo-metadata.js";
export { photoZoo, type ZooKind } from "./photo-zoo.js";
export { type StaticServer, type StaticServerOptions, startStaticServer } from "./server.js";
export type { Fault } from "./server-fault.js";
export type { ServedFiles } from "./server-files.js";
export { type SoftwareGpu, type SoftwareVulkan, softwareGpu, softwareVulkan } from "./software-gpu.js";
export { drawnBatch, tinyNetwork } from "./tiny-network.js";
export { findWebKit, type WebKitPrograms } from "./webkit/find.js";
export { launchWebKit } from "./webkit/launch.js";
export { zipOf } from "./zip.js";
