// The page that learns: photos of each class, what training them takes, a run as it goes, and what came of it.
import type { EpochMetrics } from "@fleuron/model";
import {
  deleteRun,
  openRun,
  resumeTraining,
  savedRuns,
  type TrainedClassifier,
  type TrainingEvent,
  trainClassifier,
} from "@fleuron/trainer-web";
import { byId, fill } from "./dom.js";
import { isAbort } from "./failure.js";
import { networkOf, optionsOf } from "./learn/beginning.js";
import { findDevice } from "./learn/device.js";
import { trainingFailureOf } from "./learn/in-page-words.js";
import { findOwnNetwork } from "./learn/own-network.js";
import { runName } from "./learn/run-name.js";
import { save } from "./learn/save.js";
import { createClasses } from "./learn/views/classes.js";
import { createCourseView } from "./learn/views/course.js";
import { createKeptView } from "./learn/views/kept.js";
import { createPlanView, type Plan } from "./learn/views/plan.js";
import { createTrial } from "./learn/views/trial.js";
import { problemOf } from "./views/problem.js";

if (location.protocol !== "file:") byId("not-started", HTMLElement).remove();

const problems = byId("problems", HTMLElement);
const announcements = byId("announcements", HTMLElement);
const announce = (words: string) => fill(announcements, words);
const preparation = byId("preparation", HTMLElement);

let running: AbortController | undefined;
const course = createCourseView({ onStop: () => running?.abort(), announce });
const trial = createTrial(announce);
const plan = createPlanView((chosen) => act(() => train((signal) => begin(chosen, signal))));
const classes = createClasses({
  onChange: onceAFrame(() => plan.show(classes.all())),
  onNetwork: (file) => plan.takeNetwork(file),
});
const kept = createKeptView({
  onOpen: (run) => act(async () => trial.open(await openRun(run))),
  onContinue: (run) => act(() => train((signal) => resume(run, signal))),
  onDownload: (run) => act(async () => save(await openRun(run))),
  onDelete: (run) =>
    act(async () => {
      await trial.close(run);
      await deleteRun(run);
      await showKept();
    }),
});
act(showKept);
act(async () => plan.showDevice(await findDevice()));
act(async () => plan.showOwn(await findOwnNetwork("bundle/")));

/** Does what the visitor wants; what goes wrong is shown in one place. */
function act(work: () => Promise<void>): void {
  fill(problems);
  work().catch((error: unknown) => {
    fill(problems, problemOf(trainingFailureOf(error)));
    problems.scrollIntoView({ block: "center" });
  });
}

async function showKept(): Promise<void> {
  kept.show(await savedRuns());
}

interface Training {
  readonly run: string;
  readonly events: AsyncGenerator<TrainingEvent, TrainedClassifier | undefined>;
  /** The epochs from before it was resumed. */
  readonly before?: readonly EpochMetrics[];
}

async function begin({ beginning, classes }: Plan, signal: AbortSignal): Promise<Training> {
  const labels = classes.map(({ name }) => name);
  const photos = classes.flatMap(({ name, photos }) => photos.map((photo) => ({ photo, label: name })));
  const options = optionsOf(beginning, { photos: photos.length, classes: labels.length });
  const taken = (await savedRuns()).map(({ run }) => run);
  const run = runName(labels, taken);
  if (beginning.from === "own") course.say("Fetching the network…");
  const network = await networkOf(beginning, signal);
  return { run, events: trainClassifier(photos, { ...options, run, network, signal }) };
}

async function resume(run: string, signal: AbortSignal): Promise<Training> {
  const saved = (await savedRuns()).find((each) => each.run === run);
  const before = saved?.best ? await epochsOf(await openRun(run)) : [];
  return { run, events: resumeTraining(run, { signal }), before };
}

/** Shows a run from its beginning to what came of it; one at a time. */
async function train(start: (signal: AbortSignal) => Promise<Training>): Promise<void> {
  if (running) return;
  running = new AbortController();
  const { signal } = running;
  classes.close();
  show({ training: true });
  course.begin();
  let trained: TrainedClassifier | undefined;
  try {
    await trial.close();
    const { run, events, before } = await start(signal);
    course.name(run, before);
    for (;;) {
      const { done, value } = await events.next();
      if (done) {
        trained = value;
        break;
      }
      course.take(value);
    }
  } catch (error) {
    if (!isAbort(error, signal)) throw error;
  } finally {
    running = undefined;
    course.end();
    show({ training: false });
    if (trained === undefined) byId("start", HTMLElement).focus();
    await showKept();
  }
  if (trained === undefined) return announce("Stopped before the first epoch was complete.");
  announce(`${trained.run} is trained.`);
  await trial.open(trained);
}

function show({ training }: { readonly training: boolean }): void {
  preparation.hidden = training;
  kept.setBusy(training);
}

async function epochsOf(trained: TrainedClassifier): Promise<readonly EpochMetrics[]> {
  const text = (await trained.files["metrics.jsonl"]?.text()) ?? "";
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): EpochMetrics => JSON.parse(line));
}

function onceAFrame(work: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      work();
    });
  };
}
