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
import { findDevice } from "./learn/device.js";
import { inPageWords } from "./learn/in-page-words.js";
import { runName } from "./learn/run-name.js";
import { save } from "./learn/save.js";
import { optionsFor, sizes } from "./learn/sizes.js";
import { createClasses } from "./learn/views/classes.js";
import { createCourseView } from "./learn/views/course.js";
import { createKeptView } from "./learn/views/kept.js";
import { createPlanView, type Plan } from "./learn/views/plan.js";
import { createTrial } from "./learn/views/trial.js";
import { problem } from "./views/problem.js";

if (location.protocol !== "file:") byId("not-started", HTMLElement).remove();

const problems = byId("problems", HTMLElement);
const announcements = byId("announcements", HTMLElement);
const announce = (words: string) => fill(announcements, words);
const preparation = byId("preparation", HTMLElement);

let running: AbortController | undefined;
const course = createCourseView({ onStop: () => running?.abort(), announce });
const trial = createTrial(announce);
const plan = createPlanView((chosen) => act(() => begin(chosen)));
const classes = createClasses(onceAFrame(() => plan.show(classes.all())));
const kept = createKeptView({
  onOpen: (run) => act(async () => trial.open(await openRun(run))),
  onContinue: (run) => act(() => resume(run)),
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

/** Does what the visitor wants; what goes wrong is shown in one place. */
function act(work: () => Promise<void>): void {
  fill(problems);
  work().catch((error: unknown) => {
    fill(problems, problem(inPageWords(error)));
    problems.scrollIntoView({ block: "center" });
  });
}

async function showKept(): Promise<void> {
  kept.show(await savedRuns());
}

async function begin({ size, classes }: Plan): Promise<void> {
  const labels = classes.map(({ name }) => name);
  const photos = classes.flatMap(({ name, photos }) => photos.map((photo) => ({ photo, label: name })));
  const options = optionsFor(sizes[size], { photos: photos.length, classes: labels.length });
  const taken = (await savedRuns()).map(({ run }) => run);
  const run = runName(labels, taken);
  await follow(run, (signal) => trainClassifier(photos, { ...options, run, signal }));
}

async function resume(run: string): Promise<void> {
  const saved = (await savedRuns()).find((each) => each.run === run);
  const before = saved?.best ? await epochsOf(await openRun(run)) : [];
  await follow(run, (signal) => resumeTraining(run, { signal }), before);
}

async function follow(
  run: string,
  train: (signal: AbortSignal) => AsyncGenerator<TrainingEvent, TrainedClassifier | undefined>,
  before?: readonly EpochMetrics[],
): Promise<void> {
  running = new AbortController();
  const { signal } = running;
  classes.close();
  await trial.close();
  show({ training: true });
  course.begin(`Learning ${run}`, before);
  let trained: TrainedClassifier | undefined;
  try {
    const work = train(signal);
    for (;;) {
      const { done, value } = await work.next();
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
    await showKept();
  }
  if (trained === undefined) {
    byId("start", HTMLElement).focus();
    return announce("Stopped before the first epoch was complete.");
  }
  announce(`${run} is trained.`);
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
