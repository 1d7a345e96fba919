import { mergeConfig } from "vitest/config";
import shared from "../vitest.config.js";

export default mergeConfig(shared, {
  test: {
    // Each file starts a browser, and SwiftShader takes all cores by itself.
    fileParallelism: false,
    // On a busy machine a page takes its time.
    expect: { poll: { timeout: 100_000 } },
  },
});
