import { describe, expect, it } from "vitest";
import { move } from "./move.js";

/** Fails so many times, as a file that is open elsewhere, and then works. */
function renaming(failures: number, code: string) {
  const moved: string[] = [];
  let left = failures;
  const rename = async (from: string, to: string) => {
    if (left-- > 0) throw Object.assign(new Error(`${code}: not now`), { code });
    moved.push(`${from} → ${to}`);
  };
  return { rename, moved };
}

describe("a move", () => {
  it.each(["EACCES", "EBUSY", "EPERM"])("is tried again on Windows after %s", async (code) => {
    const { rename, moved } = renaming(3, code);
    await move("a", "b", { platform: "win32", rename });
    expect(moved).toEqual(["a → b"]);
  });

  it("is not tried again for another reason", async () => {
    const { rename } = renaming(1, "ENOENT");
    await expect(move("a", "b", { platform: "win32", rename })).rejects.toThrow("ENOENT");
  });

  it.each(["linux", "darwin"] as const)("fails at once on %s", async (platform) => {
    const { rename } = renaming(1, "EPERM");
    await expect(move("a", "b", { platform, rename })).rejects.toThrow("EPERM");
  });
});
