// Times and names as a page writes them, the same in every locale.
import { visibleText } from "@fleuron/model";

/** Seconds in two units at most: `42 s`, `3 min 5 s`, `2 h 41 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${seconds < 10 ? seconds.toFixed(1) : whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time as `23 November 2026, 14:09 UTC`. */
export const date = (iso: string): string =>
  `${new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })
    .format(new Date(iso))
    .replace(" at ", ", ")} UTC`;

/** At most `length` visible characters, the last an ellipsis where something is left out. */
export function clipped(text: string, length: number): string {
  const characters = [...visibleText(text)];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

/** At most `length` visible characters, an ellipsis in the middle where something is left out: dates end names. */
export function middleClipped(text: string, length: number): string {
  const characters = [...visibleText(text)];
  if (characters.length <= length) return characters.join("");
  const end = Math.floor((length - 1) / 2);
  return `${characters.slice(0, length - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}
