import { mergeConfig } from "vitest/config";
import shared from "./vitest.config.js";

/** What fetches from the registry: `pnpm test:packages`. */
export default mergeConfig(shared, {
  test: { include: ["published/by-hand/*.by-hand.ts"], testTimeout: 600_000, hookTimeout: 600_000 },
});
