import { follow } from "@fleuron/testing";
import { expect, it } from "vitest";
import { fakeMachine } from "./fixtures/fake-machine.js";
import { tryEngine } from "./try-engine.js";

it("says what a process wrote that died, and that nothing was kept", async () => {
  await using machine = await fakeMachine();
  const file = machine.path("dies.mjs");
  await machine.file(file, `console.error("no such bird"); process.exit(1);`);
  const worker = new URL(`file://${file}`);
  await expect(
    follow(tryEngine({ name: "swift", worker, question: {}, hint: "Look up." })),
  ).rejects.toMatchObject({
    code: "engine-check-failed",
    message: "The engine swift was installed and does not work: no such bird",
    hint: "It was not kept. Look up.",
  });
});
