// The short form of `pnpm test:faults`: the same faults from one seed, a few times each.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults } from "../dist/faults.js";
import { type Lab, openLab } from "../dist/lab/lab.js";
import { type Count, runFault } from "../dist/run-fault.js";

const SEED = 0;
const TIMEOUT_MS = 600_000;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

describe(`nothing is lost (seed ${SEED})`, async () => {
  for (const fault of faults.filter(({ times }) => times.short > 0)) {
    const missing = await fault.missing?.();
    const title = `${fault.times.short} × ${fault.what}${missing === undefined ? "" : ` (skipped: ${missing})`}`;
    it.skipIf(missing !== undefined)(title, { timeout: TIMEOUT_MS }, async () => {
      let count: Count | undefined;
      for await (count of runFault(fault, { lab, seed: SEED, times: fault.times.short }));
      expect(count?.lost).toEqual([]);
      expect(count?.survived).toBeGreaterThanOrEqual(fault.times.short);
    });
  }
});
