// What distinguishes two states of a file, and how requests refer to it (RFC 9110, sections 8.8 and 13.1).
import type { BigIntStats } from "node:fs";

export interface Validators {
  readonly etag: string;
  /** Milliseconds, to the full second as HTTP has it. */
  readonly modified: number;
}

/**
 * A strong tag: no write, and no other file in this one's place, leaves all four numbers as they are.
 * @param coding the form that is sent, which has a tag of its own. Absent: the file as it is.
 */
export const validatorsOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats, coding?: string): Validators => ({
  etag: `"${[...[ino, size, mtimeNs, ctimeNs].map((each) => each.toString(36)), ...(coding ? [coding] : [])].join("-")}"`,
  modified: Number(mtimeNs / 1_000_000_000n) * 1000,
});

/** Whether a list of tags, or `*`, names this one. A tag that is marked as weak counts where weak ones do. */
export const namesTag = (list: string, etag: string, { weak }: { readonly weak: boolean }): boolean =>
  list.trim() === "*" ||
  (list.match(/(?:W\/)?"[^"]*"/g) ?? []).some((each) => (weak ? each.replace(/^W\//, "") : each) === etag);

/** Milliseconds of a date in any of HTTP's three forms; NaN for what is no date. */
export function timeOf(date: string): number {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(date)) return Number.NaN;
  return Date.parse(date.endsWith(" GMT") ? date : `${date} GMT`);
}
