import { readFileSync } from "node:fs";

/**
 * The most memory that this process has had, in bytes: its own on Linux, for what getrusage has begins with the peak of the process which
 * started it.
 */
export function peakRssBytes(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status()) ?? [];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}

function status(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
