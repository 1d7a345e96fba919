// One line that says how far a fault is; redrawn on a terminal, printed now and then elsewhere.
import type { Count } from "../run-fault.js";

const PLAIN_EVERY_MS = 30_000;
const REDRAW_EVERY_MS = 200;
const CLEAR = "\r\u001b[K";

export interface StatusLine {
  show(count: Count): void;
  clear(): void;
}

export function statusLine(
  name: string,
  times: number,
  { output = process.stderr, now = Date.now }: { output?: NodeJS.WriteStream; now?: () => number } = {},
): StatusLine {
  const began = now();
  let shown = output.isTTY ? 0 : began;
  return {
    show(count) {
      if (now() - shown < (output.isTTY ? REDRAW_EVERY_MS : PLAIN_EVERY_MS)) return;
      shown = now();
      const line = statusOf(name, times, count, (shown - began) / 1000);
      output.write(output.isTTY ? `${CLEAR}${line}` : `${line}\n`);
    },
    clear() {
      if (output.isTTY) output.write(CLEAR);
    },
  };
}

/** For example "kills  37 of 100, 0 lost, about 3m 10s left". */
export function statusOf(name: string, times: number, { tried, lost }: Count, seconds: number): string {
  const left = tried === 0 ? "" : `, about ${span((seconds / tried) * Math.max(0, times - tried))} left`;
  return `${name}  ${figure(tried)} of ${figure(times)}, ${lost.length} lost${left}`;
}

export const figure = (value: number): string => value.toLocaleString("en-US");

/** `42s`, `3m 05s`, `2h 41m`. */
export function span(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
}
