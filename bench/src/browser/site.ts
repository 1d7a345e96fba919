import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { buildPage } from "../build-page.js";
import { copyFiles } from "../copy-files.js";
import { writeDrawnBundle } from "../drawn-bundle.js";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.js";

/** A folder that holds the page, the files of every library beside it, a bundle and a photo. */
export async function buildSite(): Promise<TemporaryFolder> {
  const site = await temporaryFolder("browser");
  const { folder } = site;
  await writeDrawnBundle({ folder: join(folder, "bundle"), format: "all", precisions: ["float32"] });
  const require = createRequire(import.meta.url);
  const runtimeWeb = dirname(fileURLToPath(import.meta.resolve("@fleuron/runtime-web")));
  const tfjsWasm = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
  await copyFiles(runtimeWeb, folder, /^fleuron-.*\.js$|\.wasm$/);
  await mkdir(join(folder, "tfjs"));
  await copyFiles(tfjsWasm, join(folder, "tfjs"), /\.wasm$/);
  await writeFile(
    join(folder, "photo.jpg"),
    await encodeJpeg(drawFlower({ width: 500, height: 333, label: 1 })),
  );
  await buildPage(folder, fileURLToPath(new URL("./page/page.js", import.meta.url)));
  return site;
}
