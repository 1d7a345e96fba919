import { expect, it } from "vitest";
import { onDawn } from "./on-dawn.js";

it("has failed where its process ends badly", async () => {
  const place = onDawn({ environment: async () => ({ NODE_OPTIONS: "--no-such-option" }) });
  expect(await place({ steps: 1 })).toEqual({
    status: "failed",
    reason: expect.stringMatching(/^webgpu\/dawn-process ended with code \d+\.$/),
  });
});
