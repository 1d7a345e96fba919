import { mergeConfig } from "vitest/config";
import shared from "../../vitest.config.js";

export default mergeConfig(shared, {
  test: {
    // Each browser test starts a Chromium, and SwiftShader takes all cores by itself.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
