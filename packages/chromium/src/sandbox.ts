import { existsSync } from "node:fs";
import type { FoundChromium } from "./find.js";

/** What the decision rests on; apart, so that every case can be tested. */
export interface SandboxCircumstances {
  readonly origin: FoundChromium["origin"];
  readonly isRoot: boolean;
  readonly isContainer: boolean;
}

/**
 * Chromium's sandbox refuses to work for root, containers forbid the namespaces that it needs, and where a system
 * forbids them to everyone (Ubuntu 24.04) only a browser from the system's packages has its exemption.
 */
export function sandboxWorks({ origin, isRoot, isContainer }: SandboxCircumstances): boolean {
  return origin === "installed" && !isRoot && !isContainer;
}

export function sandboxCircumstances(origin: FoundChromium["origin"]): SandboxCircumstances {
  return {
    origin,
    isRoot: process.getuid?.() === 0,
    isContainer:
      process.env.container !== undefined || existsSync("/.dockerenv") || existsSync("/run/.containerenv"),
  };
}
