import { counted } from "@fleuron/model";
import type { PredictionsFile } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { wrapWords } from "../terminal/wrap.js";

/** Where the table of predictions is, and what it lacks. */
export function predictionsFileLines(
  { file, photos, unreadable }: PredictionsFile,
  { width, colours: { warning } }: Canvas,
): readonly string[] {
  const unread = `${counted(unreadable, "photo")} could not be read: the column error says why.`;
  return [
    `${counted(photos, "photo")}:`,
    shownPath(file),
    ...(unreadable === 0 ? [] : wrapWords(`${warning("warning:")} ${unread}`, width)),
  ];
}
