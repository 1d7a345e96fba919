import { expect, it } from "vitest";
import { asInstalled, asLaunched } from "./launcher.js";

it.each([
  ["pnpm train --data photos", "npx fleuron train --data photos"],
  ["FLEURON_CACHE=/mnt/cache pnpm fleuron data fetch", "FLEURON_CACHE=/mnt/cache npx fleuron data fetch"],
  [
    "a bundle written by pnpm export, instead of a run",
    "a bundle written by npx fleuron export, instead of a run",
  ],
  ["'pnpm fleuron data make --help' shows its options.", "'npx fleuron data make --help' shows its options."],
  ["Try a smaller --width.", "Try a smaller --width."],
])("%j is typed as %j where the package is installed", (here, there) => {
  expect(asInstalled(here)).toBe(there);
});

it("leaves a clone its own commands", () => {
  expect(asLaunched("pnpm train")).toBe("pnpm train");
});
