// Draws a training run: what it trains, how far it is, a line for each epoch, how it ended.

import { count, type ProgressEvent, unreachable } from "@fleuron/model";
import type { EstimateEvent, RunEvent, RunStartEvent } from "@fleuron/trainer";
import type { Canvas } from "../terminal/canvas.js";
import type { Colours } from "../terminal/colours.js";
import { duration } from "../terminal/duration.js";
import type { Screen } from "../terminal/screen.js";
import { drawnLines } from "./drawn.js";
import { EpochTable } from "./epoch-table.js";
import { runEndLines } from "./run-end.js";
import { runStartLines } from "./run-start.js";
import { progressStatus, stepStatus } from "./status.js";
import { TaskClock } from "./task-clock.js";

export interface RunViewOptions {
  readonly screen: Screen;
  readonly colours: Colours;
  /** The width now: a terminal may be resized. */
  readonly width: () => number;
  readonly now: () => number;
}

/** Tasks that took longer before the first step leave a line behind. */
const WORTH_A_LINE_SECONDS = 2;

export class RunView {
  #run: RunStartEvent | undefined;
  #epochs: EpochTable | undefined;
  readonly #clock: TaskClock;

  constructor(private readonly options: RunViewOptions) {
    this.#clock = new TaskClock(options.now);
  }

  show(event: RunEvent): void {
    const { screen, colours } = this.options;
    switch (event.type) {
      case "progress":
        this.#progress(event);
        break;
      case "warning":
        screen.print(`${colours.warning("warning:")} ${event.message}`);
        break;
      case "run":
        this.#run = event;
        screen.clear();
        this.#print(runStartLines(event, this.#canvas()));
        break;
      case "estimate":
        screen.print(estimateLine(event));
        if (!this.#epochs) screen.print();
        break;
      case "step":
        screen.show(stepStatus(event, this.#run?.batchSize ?? 1, this.#canvas()));
        break;
      case "epoch":
        if (!this.#epochs) {
          this.#epochs = new EpochTable(this.#canvas());
          screen.print(this.#epochs.heading());
        }
        screen.print(this.#epochs.line(event));
        break;
      case "checkpoint":
        break;
      case "end":
        screen.clear();
        this.#print(runEndLines(event, this.#run, this.#canvas()));
        this.#printLearntBefore();
        this.#printDrawn();
        break;
      default:
        unreachable(event);
    }
  }

  #progress(event: ProgressEvent): void {
    const { screen, colours } = this.options;
    const { elapsed, left } = this.#clock.measure(event);
    const done = event.completed === event.total;
    if (done && this.#run === undefined && elapsed >= WORTH_A_LINE_SECONDS) {
      screen.clear();
      screen.print(`${doneWords(event)} ${colours.dim(`in ${duration(elapsed)}`)}`);
    } else {
      screen.show(progressStatus(event, left, this.#canvas()));
    }
  }

  #canvas(): Canvas {
    return { colours: this.options.colours, width: this.options.width() };
  }

  #printLearntBefore(): void {
    const { learntBefore = 0 } = this.#run?.dataset ?? {};
    if (learntBefore === 0) return;
    const words = `The initial weights were trained on ${count(learntBefore)} of the validation photos: the accuracy says nothing about new ones.`;
    this.#print(["", this.options.colours.warning(words)]);
  }

  #printDrawn(): void {
    const lines = this.#run ? drawnLines(this.#run.dataset, this.options.colours) : [];
    if (lines.length > 0) this.#print(["", ...lines]);
  }

  #print(lines: readonly string[]): void {
    for (const line of lines) this.options.screen.print(line);
  }
}

const doneWords = ({ task, total, unit }: ProgressEvent) => `${task}: ${count(total)} ${unit}`;

const estimateLine = ({ seconds, imagesPerSecond }: EstimateEvent) =>
  `about ${duration(seconds)} to go, at ${imagesPerSecond.toFixed(1)} img/s`;
