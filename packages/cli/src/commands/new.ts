import { resolve } from "node:path";
import { newCommand } from "../command-line/new-command.js";
import {
  JSON_OPTION,
  RUN_OPTION,
  shownBundleOption,
  VERBOSE_OPTION,
} from "../command-line/shared-options.js";
import type { Context } from "../context.js";
import { type NewFolder, requireFreeFolder } from "../demo/new-folder.js";
import { writeProject } from "../demo/write-project.js";
import { interruptible } from "../interruption.js";
import { shellWord, shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { siteLines } from "../views/site.js";
import { demoBundle } from "../work/demo-bundle.js";
import { answer, resultOf } from "../work/result.js";

/** A web project around a bundle, for those who go on from there. */
export const newProject = (context: Context) =>
  newCommand({
    name: "new",
    description:
      "Writes a small web project, of Vite and TypeScript, that classifies photos. A run without a bundle is exported first.",
    examples: [
      ["pnpm fleuron new flower-page", "with the bundle of the latest run"],
      ["pnpm fleuron new flower-page --bundle public/flowers", "with another bundle"],
    ],
  })
    .argument("<dir>", "the project's folder; must not exist, or be empty")
    .addOption(shownBundleOption())
    .option(...RUN_OPTION)
    .option(...JSON_OPTION)
    .option(...VERBOSE_OPTION)
    .action(async (out, { bundle: given, run, json = false }) => {
      await requireFreeFolder(resolve(out));
      using stop = interruptible(context);
      const finding = demoBundle(context, { bundle: given, run, quiet: json, signal: stop.signal });
      const bundle = await resultOf(finding, context, { quiet: json });
      answer(context, await writeProject({ bundle, out }), { json, lines: projectLines });
    });

const projectLines = (project: NewFolder, canvas: Canvas): readonly string[] => [
  ...siteLines(project, canvas),
  `${canvas.colours.dim("next")} cd ${shellWord(shownPath(project.folder))}`,
  "     npm install",
  "     npm run dev",
];
