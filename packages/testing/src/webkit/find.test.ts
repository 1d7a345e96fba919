import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { findWebKit } from "./find.js";

it("wants both the driver and a screen, wherever they are in the search path", async () => {
  const [one, other] = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), "fleuron-test-"))));
  try {
    const [driver, screen] = [join(one!, "WebKitWebDriver"), join(other!, "Xvfb")];
    await writeFile(driver, "");
    expect(findWebKit([one, other].join(delimiter))).toBeUndefined();
    await writeFile(screen, "");
    expect(findWebKit(["", one, other].join(delimiter))).toEqual({ driver, screen });
  } finally {
    for (const folder of [one!, other!]) await rm(folder, { recursive: true });
  }
});
