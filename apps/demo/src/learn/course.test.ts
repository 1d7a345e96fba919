import type { TrainingEvent } from "@fleuron/trainer-web";
import { expect, it } from "vitest";
import { after, type Course, lineOf, newCourse, shareDone } from "./course.js";

const event = (fields: object) => fields as TrainingEvent;
const run = event({ type: "run", epochs: 4 });
const step = event({ type: "step", epoch: 2, step: 5, stepsPerEpoch: 10, loss: 0.8, accuracy: 0.6 });
const epoch = (number: number) =>
  event({ type: "epoch", epoch: number, loss: 1, accuracy: 0.5, valLoss: 0.9, valAccuracy: 0.7 });
const courseOf = (...events: readonly TrainingEvent[]): Course => events.reduce(after, newCourse());

it("knows how much is done: of the photos first, then of the run", () => {
  const reading = event({ type: "progress", completed: 3, total: 4 });
  expect(shareDone(courseOf())).toBe(0);
  expect(shareDone(courseOf(reading))).toBe(0.75);
  expect(shareDone(courseOf(reading, run))).toBe(0);
  expect(shareDone(courseOf(run, epoch(1), step))).toBe(1.5 / 4);
  const validating = event({ type: "progress", completed: 1, total: 4 });
  expect(shareDone(courseOf(run, epoch(1), step, validating))).toBe(1.5 / 4);
  expect(shareDone(courseOf(run, epoch(1), step, epoch(2)))).toBe(0.5);
});

it("has the step under way as the end of the training line alone", () => {
  const course = courseOf(run, epoch(1), step);
  expect(lineOf(course, "loss")).toEqual([
    { epoch: 1, value: 1 },
    { epoch: 1.5, value: 0.8 },
  ]);
  expect(lineOf(course, "valAccuracy")).toEqual([{ epoch: 1, value: 0.7 }]);
});

it("continues the lines of a run that is resumed, and does no epoch twice", () => {
  const before = courseOf(epoch(1), epoch(2)).epochs;
  const course = [epoch(2), epoch(3)].reduce(after, newCourse(before));
  expect(lineOf(course, "valLoss").map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
});
