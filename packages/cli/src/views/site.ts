import { counted, megabytes } from "@fleuron/model";
import type { NewFolder } from "../demo/new-folder.js";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";

/** Where well-known hosts stop, in bytes of a single file. */
const HOST_CAPS = [
  ["Cloudflare Pages", 25 * 2 ** 20],
  ["GitHub Pages", 100e6],
] as const;

/** What was written, and which hosts do not take files so large. */
export function siteLines(
  { folder, files }: NewFolder,
  { colours: { bold, warning } }: Canvas,
): readonly string[] {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const caps = HOST_CAPS.flatMap(([host, cap]) => {
    const above = files.filter(({ bytes }) => bytes > cap);
    if (above.length === 0) return [];
    const names = above.map(({ path, bytes }) => `${path} (${megabytes(bytes)})`).join(", ");
    return [`${warning("warning:")} ${host} takes no file above ${megabytes(cap)}: ${names}`];
  });
  return [
    `${bold("Written")}: ${shownPath(folder)}, ${counted(files.length, "file")}, ${megabytes(total)}`,
    ...caps,
  ];
}
