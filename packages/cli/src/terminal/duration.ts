const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** Seconds as a reader says them, in two units at most: `4.2s`, `42s`, `3m 05s`, `2h 41m`, `1d 03h`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const tenths = Math.round(Math.max(0, seconds) * 10) / 10;
  if (tenths < 10) return `${tenths.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole}s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${twoDigits(whole % MINUTE)}s`;
  const minutes = Math.round(seconds / MINUTE) * MINUTE;
  if (minutes < DAY) return `${Math.floor(minutes / HOUR)}h ${twoDigits((minutes % HOUR) / MINUTE)}m`;
  const hours = Math.round(seconds / HOUR) * HOUR;
  return `${Math.floor(hours / DAY)}d ${twoDigits((hours % DAY) / HOUR)}h`;
}
