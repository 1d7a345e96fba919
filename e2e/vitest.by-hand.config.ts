import { mergeConfig } from "vitest/config";
import shared from "../vitest.config.js";

/** npm and bundlers take minutes, and many on a busy machine. */
const HOUR_MS = 3_600_000;

/** What fetches from the registry: `pnpm test:packages`. */
export default mergeConfig(shared, {
  test: { include: ["published/by-hand/*.by-hand.ts"], testTimeout: HOUR_MS, hookTimeout: HOUR_MS },
});
