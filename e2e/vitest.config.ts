import { mergeConfig } from "vitest/config";
import shared from "../vitest.config.js";

export default mergeConfig(shared, {
  test: {
    // On a busy machine a page takes its time.
    expect: { poll: { timeout: 100_000 } },
  },
});
