// What training will take, before it begins: what it begins with, photos, memory, and what it runs on.
import { count, counted, megabytes } from "@fleuron/model";
import { byId, element, fill } from "../../dom.js";
import { type Fact, facts } from "../../views/facts.js";
import { adviceOn } from "../advice.js";
import { type Beginning, optionsOf } from "../beginning.js";
import type { Device } from "../device.js";
import type { OwnNetwork } from "../own-network.js";
import type { PhotoClass } from "../photo-class.js";
import { memoryFor, sizes } from "../sizes.js";
import { createBeginnings } from "./beginnings.js";

export interface Plan {
  readonly beginning: Beginning;
  /** With empty classes left out. */
  readonly classes: readonly PhotoClass[];
}

export interface PlanView {
  show(classes: readonly PhotoClass[]): void;
  showDevice(device: Device): void;
  showOwn(own: OwnNetwork | undefined): void;
  /** An ONNX file to begin with. */
  takeNetwork(file: File): void;
}

export function createPlanView(onStart: (plan: Plan) => void): PlanView {
  const start = byId("start", HTMLButtonElement);
  const notes = byId("notes", HTMLElement);
  const told = byId("plan-facts", HTMLElement);
  let device: Device | undefined;
  let classes: readonly PhotoClass[] = [];

  const objectionTo = (beginning: Beginning | undefined) =>
    beginning === undefined
      ? "Choose an ONNX file to begin with."
      : adviceOn(classes, beginning.from).objection;
  const draw = () => {
    const beginning = beginnings.chosen();
    const objection = objectionTo(beginning);
    start.disabled = objection !== undefined;
    const warnings = beginning ? adviceOn(classes, beginning.from).warnings : [];
    const lines = objection === undefined ? warnings : [objection];
    fill(notes, ...lines.map((words) => element("p", { class: objection ? "quiet" : "warning" }, words)));
    fill(told, facts(factsOn(beginning, classes, device)));
  };
  const beginnings = createBeginnings(() => draw());
  start.addEventListener("click", () => {
    const beginning = beginnings.chosen();
    // A camera may have taken a photo since the last drawing.
    if (beginning && objectionTo(beginning) === undefined) onStart({ beginning, classes: filled(classes) });
  });
  draw();
  return {
    show(all) {
      classes = all;
      draw();
    },
    showDevice(found) {
      device = found;
      if (device.engine === "webgpu") beginnings.suggestSize("better");
      draw();
    },
    showOwn: (own) => beginnings.showOwn(own),
    takeNetwork: (file) => beginnings.take(file),
  };
}

const filled = (classes: readonly PhotoClass[]) => classes.filter(({ photos }) => photos.length > 0);

function factsOn(
  beginning: Beginning | undefined,
  classes: readonly PhotoClass[],
  device: Device | undefined,
): readonly Fact[] {
  const named = filled(classes);
  const photos = named.reduce((sum, each) => sum + each.photos.length, 0);
  const isKnown = beginning !== undefined && (beginning.from !== "scratch" || photos > 0);
  return [
    [
      "photos",
      photos === 0
        ? "none yet"
        : `${count(photos)} in ${counted(named.length, "class", "classes")}, a fifth of them for validation`,
    ],
    [
      "epochs",
      isKnown
        ? count(optionsOf(beginning, { photos, classes: named.length }).epochs)
        : "set by the number of photos",
    ],
    ...(beginning?.from === "scratch"
      ? [["memory", memoryWords(beginning, named.length)] satisfies Fact]
      : []),
    ["runs on", device === undefined ? "looking…" : device.name],
    ...(device?.reason === undefined ? [] : [["not WebGPU", device.reason] satisfies Fact]),
    ["time", "shown after the first steps"],
  ];
}

function memoryWords({ size }: Extract<Beginning, { readonly from: "scratch" }>, classes: number): string {
  const memory = memoryFor(sizes[size], Math.max(2, classes));
  return `${megabytes(memory)} at least; what the layers put out comes on top`;
}
