import { configDefaults, mergeConfig } from "vitest/config";
import shared from "../vitest.config.js";

/** What a page does within a tenth of a second is measured here: nothing else runs beside it. */
const MEASURING = "demo/learning.test.ts";

export default mergeConfig(shared, {
  test: {
    // On a busy machine a page takes its time.
    expect: { poll: { timeout: 100_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "side by side",
          exclude: [...configDefaults.exclude, MEASURING],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: [MEASURING],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
