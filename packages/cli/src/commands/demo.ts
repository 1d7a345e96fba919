import { resolve } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { visibleText } from "@fleuron/model";
import { newCommand } from "../command-line/new-command.js";
import { hostNames, port } from "../command-line/options.js";
import {
  JSON_OPTION,
  RUN_OPTION,
  shownBundleOption,
  VERBOSE_OPTION,
} from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { requireFreeFolder } from "../demo/new-folder.js";
import type { DemoServer } from "../demo/serve-demo.js";
import { interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { siteLines } from "../views/site.js";
import { comparedWithRun, type DemoBundle, demoBundle } from "../work/demo-bundle.js";
import { answer, resultOf } from "../work/result.js";

const DEFAULT_PORT = 8227;

const siteOption = new Option("--out <dir>", "write a static site there instead of serving").conflicts([
  "port",
  "host",
  "allowHost",
]);

/** The page over a bundle: served until Ctrl-C, or written as a static site. */
export const demo = (context: Context) =>
  newCommand({
    name: "demo",
    description:
      "Serves a page that classifies photos in the browser. A run without a bundle is exported first.",
    examples: [
      ["pnpm demo", "the latest run, for browsers on this machine"],
      ["pnpm demo --bundle public/flowers", "a bundle that pnpm export wrote"],
      ["pnpm demo --host 0.0.0.0", "for the whole network (browsers allow cameras on https pages only)"],
      ["pnpm demo --allow-host flowers.example.org", "behind a proxy or tunnel of that name"],
      ["pnpm demo --out site", "writes the page and the model as a folder for any static host"],
    ],
  })
    .addOption(shownBundleOption())
    .option(...RUN_OPTION)
    .option("--port <n>", "the port to listen on; 0: any free one", port("--port"), DEFAULT_PORT)
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option(
      "--allow-host <name>",
      "a name under which a proxy or tunnel serves it; several times for several names",
      hostNames("--allow-host"),
    )
    .addOption(siteOption)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async ({ bundle: given, run, port: wantedPort, host, allowHost, out, json = false }) => {
      if (out !== undefined) await requireFreeFolder(resolve(out));
      using stop = interruptible(context);
      const { signal } = stop;
      const finding = demoBundle(context, { bundle: given, run, quiet: json, signal });
      const bundle = await resultOf(finding, context, { quiet: json });
      const compare = () => resultOf(comparedWithRun(context, bundle), context, { quiet: json });
      if (out !== undefined) {
        const { writeSite } = await import("../demo/write-site.js");
        answer(context, await writeSite({ bundle, out }), { json, lines: siteLines });
        await compare();
        return;
      }
      // Other commands start without Node's HTTP server.
      const { serveDemo } = await import("../demo/serve-demo.js");
      await using server = await serveDemo({
        bundle: bundle.folder,
        port: wantedPort,
        host,
        ...(allowHost && { allowedHosts: allowHost }),
      });
      const lines = (_: unknown, canvas: Canvas) => servingLines(server, bundle, canvas);
      answer(context, { url: server.url, bundle: bundle.folder }, { json, lines });
      await compare();
      await aborted(signal);
    });

function servingLines(
  { url }: DemoServer,
  { folder, manifest }: DemoBundle,
  { colours: { bold, accent, dim, warning } }: Canvas,
): readonly string[] {
  const { training, source } = manifest;
  const origin = training ? `trained as ${training.run}` : `imported from ${source!.file}`;
  return [
    `${bold("Open")} ${accent(url)}`,
    `${dim("model")} ${shownPath(folder)}, ${visibleText(origin)}`,
    ...(training?.dataset.name === "procedural"
      ? [warning("It was trained on drawn pictures, and knows nothing about photos.")]
      : []),
    dim("Press Ctrl-C to stop."),
  ];
}

/** A server that was stopped has done its work: no failure. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
