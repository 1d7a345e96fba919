import type { BigIntStats } from "node:fs";

/** What the system says of a file, as text: the same while nobody has put another file in its place, or written to it. */
export const fileStamp = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(" ");
