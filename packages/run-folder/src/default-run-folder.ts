import { join } from "node:path";

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** Where a run goes when nobody says: `runs/modern-20261123-134500`, in local time. */
export function defaultRunFolder(root: string, recipe: string, start: Date): string {
  const date = [start.getFullYear(), twoDigits(start.getMonth() + 1), twoDigits(start.getDate())];
  const time = [start.getHours(), start.getMinutes(), start.getSeconds()].map(twoDigits);
  return join(root, `${recipe}-${date.join("")}-${time.join("")}`);
}
