import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // The first run on a machine without a browser unpacks one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file starts a browser, and SwiftShader takes all cores by itself.
    fileParallelism: false,
    // On a busy machine a page takes its time.
    expect: { poll: { timeout: 100_000 } },
  },
});
