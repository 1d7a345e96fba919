// A run that is under way: how far it is, how long it will take, its curves, and the way to stop it.
import { count, percent } from "@fleuron/model";
import type { TrainingEvent } from "@fleuron/trainer-web";
import { byId, element, fill } from "../../dom.js";
import { facts } from "../../views/facts.js";
import { after, type Course, lineOf, newCourse, shareDone } from "../course.js";
import { factsOn } from "../course-facts.js";
import { roundedUp } from "../curves.js";
import { roughly } from "../duration.js";
import { warningInPage } from "../in-page-words.js";
import { createChart } from "./chart.js";

/** Milliseconds between two announcements. */
const ANNOUNCED_EVERY = 15_000;
/** Steps before the time left is worth showing. */
const FIRST_STEPS = 3;

export interface CourseView {
  /** Before a run has a name: what it begins with is on its way. */
  begin(): void;
  /** What is done until then. */
  say(words: string): void;
  name(run: string, before?: Course["epochs"]): void;
  take(event: TrainingEvent): void;
  end(): void;
}

export interface CourseOptions {
  readonly onStop: () => void;
  /** For those who do not see the page. */
  readonly announce: (words: string) => void;
}

export function createCourseView({ onStop, announce }: CourseOptions): CourseView {
  const node = byId("course", HTMLElement);
  const heading = byId("course-heading", HTMLElement);
  const words = byId("course-words", HTMLElement);
  const bar = byId("course-bar", HTMLProgressElement);
  const told = byId("course-facts", HTMLElement);
  const notes = byId("course-notes", HTMLElement);
  const saved = byId("course-saved", HTMLElement);
  const stop = byId("stop", HTMLButtonElement);
  const loss = createChart({ title: "loss", format: (value) => value.toFixed(1) });
  const accuracy = createChart({ title: "accuracy", format: (value) => percent(value, 0) });
  byId("charts", HTMLElement).append(accuracy.node, loss.node);
  let course = newCourse();
  let isDue = false;
  let announcedAt = 0;

  function draw(): void {
    isDue = false;
    bar.value = shareDone(course);
    fill(words, wordsOf(course));
    const { run, epochs, step } = course;
    if (run === undefined) return;
    const [lossLine, valLossLine] = [lineOf(course, "loss"), lineOf(course, "valLoss")];
    loss.show({
      training: lossLine,
      validation: valLossLine,
      epochs: run.epochs,
      highest: roundedUp(Math.max(...[...lossLine, ...valLossLine].map(({ value }) => value))),
    });
    accuracy.show({
      training: lineOf(course, "accuracy"),
      validation: lineOf(course, "valAccuracy"),
      epochs: run.epochs,
      highest: 1,
    });
    fill(told, facts(factsOn(run, epochs.at(-1), step?.imagesPerSecond)));
  }
  function announceEpoch({ epochs, run }: Course): void {
    const last = epochs.at(-1);
    if (last === undefined || run === undefined || performance.now() < announcedAt + ANNOUNCED_EVERY) return;
    announcedAt = performance.now();
    announce(
      `Epoch ${last.epoch} of ${run.epochs}: ${percent(last.valAccuracy)} of the validation photos are right.`,
    );
  }
  stop.addEventListener("click", () => {
    stop.disabled = true;
    fill(stop, "Stopping…");
    onStop();
  });
  return {
    begin() {
      course = newCourse();
      fill(heading, "Learning");
      fill(notes);
      fill(told);
      fill(stop, "Stop");
      stop.disabled = false;
      saved.hidden = true;
      node.hidden = false;
      draw();
      node.scrollIntoView({ block: "start" });
      stop.focus({ preventScroll: true });
    },
    say(doing) {
      fill(words, doing);
      announce(doing);
    },
    name(run, before) {
      course = newCourse(before);
      fill(heading, `Learning ${run}`);
      if (!stop.disabled) fill(stop, "Stop and keep it");
      saved.hidden = false;
      draw();
    },
    take(event) {
      course = after(course, event);
      if (event.type === "warning") notes.append(element("p", { class: "warning" }, warningInPage(event)));
      if (event.type === "warning" && event.code === "storage-full") saved.hidden = true;
      if (event.type === "run" && !event.saved) {
        saved.hidden = true;
        notes.append(
          element(
            "p",
            { class: "warning" },
            "This browser stores nothing here: the network lives as long as this tab. Download it when it is done.",
          ),
        );
      }
      if (event.type === "epoch") announceEpoch(course);
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(draw);
    },
    end() {
      node.hidden = true;
    },
  };
}

function wordsOf({ reading, run, step, epochs }: Course): string {
  if (reading && reading.completed === reading.total) return "Preparing the network…";
  if (reading) {
    const what =
      reading.task === "features of photos" ? "Seeing photos as the network does" : "Reading photos";
    return `${what}: ${count(reading.completed)} of ${count(reading.total)}`;
  }
  if (run === undefined) return "Starting…";
  if (step === undefined) {
    const last = epochs.at(-1);
    return last ? `Epoch ${last.epoch} of ${run.epochs} is complete` : "Preparing the network…";
  }
  const isKnown = epochs.length > 0 || step.step >= FIRST_STEPS;
  const left = isKnown ? `${roughly(step.secondsLeft)} left` : "measuring the time…";
  return `Epoch ${step.epoch} of ${step.epochs}, step ${step.step} of ${step.stepsPerEpoch}: ${left}`;
}
