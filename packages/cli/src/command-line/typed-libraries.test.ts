import { expect, it } from "vitest";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { idleContext } from "../fixtures/idle-context.js";
import { jsonLines } from "../fixtures/json-lines.js";
import { runInProcess } from "../fixtures/run-in-process.js";
import { withTypedLibraries } from "./typed-libraries.js";

const warning = {
  type: "warning",
  code: "option-unheeded",
  message: "Ignored: `validationSplit`, see `resume`.",
} as const;

it("a warning of a run, and why it has its engine, say what is typed", async () => {
  const trainer = fakeTrainer();
  const train = trainer.train;
  trainer.train = async function* (options) {
    yield warning;
    for await (const event of train(options))
      yield event.type === "run" ? { ...event, engineReason: "for its `batchSize`" } : event;
  };
  const { stdout } = await runInProcess(["train", "--json"], { trainer });
  const events = jsonLines(stdout);
  expect(events).toContainEqual({
    ...warning,
    message: "Ignored: --validation-split, see pnpm train --resume.",
  });
  expect(events).toContainEqual(expect.objectContaining({ engineReason: "for its --batch-size" }));
});

it("a warning of other work does, and a result keeps what people have named", async () => {
  const trainer = fakeTrainer();
  const predict = trainer.predict;
  trainer.predict = async function* (options) {
    yield warning;
    const { unreadable } = yield* predict(options);
    return { predictions: [{ photo: "`data`.jpg", predictions: [], rejected: false }], unreadable };
  };
  const { stdout, stderr } = await runInProcess(["predict", "x.jpg", "--json"], { trainer });
  expect(stderr).toContain("warning: Ignored: --validation-split, see pnpm train --resume.");
  expect(jsonLines(stdout)).toContainEqual(expect.objectContaining({ photo: "`data`.jpg" }));
});

it("ends the library's work when it is left", async () => {
  const trainer = fakeTrainer();
  let ended = false;
  trainer.train = async function* () {
    try {
      for (;;) yield warning;
    } finally {
      ended = true;
    }
  };
  const context = withTypedLibraries(idleContext({ loadTrainer: async () => trainer }));
  const { train } = await context.loadTrainer();
  for await (const event of train({})) {
    expect(event).toMatchObject({ message: "Ignored: --validation-split, see pnpm train --resume." });
    break;
  }
  expect(ended).toBe(true);
});
