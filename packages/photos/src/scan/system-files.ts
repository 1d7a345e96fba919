/** What operating systems and storage boxes put among people's files: thumbnails, indexes, bins. */
const SYSTEM_NAMES: ReadonlySet<string> = new Set([
  "@eadir",
  "__macosx",
  "#recycle",
  "#snapshot",
  "$recycle.bin",
  "system volume information",
  "lost+found",
  "thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  "icon\r",
]);

/** Hidden files and folders, and those of the system. */
export const isNobodys = (name: string): boolean =>
  name.startsWith(".") || SYSTEM_NAMES.has(name.toLowerCase());
