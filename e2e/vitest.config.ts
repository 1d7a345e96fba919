import { mergeConfig } from "vitest/config";
import shared from "../vitest.config.js";

export default mergeConfig(shared, {
  test: {
    // What a page does within a tenth of a second is measured: one browser at a time.
    fileParallelism: false,
    // On a busy machine a page takes its time.
    expect: { poll: { timeout: 100_000 } },
  },
});
