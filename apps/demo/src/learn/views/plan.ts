// What training will take, before it begins: the network's size, photos, memory, and what it runs on.
import { count, counted, megabytes } from "@fleuron/model";
import { byId, element, fill } from "../../dom.js";
import { choices } from "../../views/choices.js";
import { type Fact, facts } from "../../views/facts.js";
import { adviceOn } from "../advice.js";
import type { Device } from "../device.js";
import type { PhotoClass } from "../photo-class.js";
import { memoryFor, optionsFor, type SizeName, sizes } from "../sizes.js";

export interface Plan {
  readonly size: SizeName;
  /** With empty classes left out. */
  readonly classes: readonly PhotoClass[];
}

export interface PlanView {
  show(classes: readonly PhotoClass[]): void;
  showDevice(device: Device): void;
}

export function createPlanView(onStart: (plan: Plan) => void): PlanView {
  const start = byId("start", HTMLButtonElement);
  const notes = byId("notes", HTMLElement);
  const told = byId("plan-facts", HTMLElement);
  let size: SizeName = "quick";
  let hasChosen = false;
  let device: Device | undefined;
  let classes: readonly PhotoClass[] = [];

  const draw = () => {
    const { objection, warnings } = adviceOn(classes);
    start.disabled = objection !== undefined;
    const lines = objection === undefined ? warnings : [objection];
    fill(notes, ...lines.map((words) => element("p", { class: objection ? "quiet" : "warning" }, words)));
    fill(told, facts(factsOn({ size, classes }, device)));
  };
  const drawChoices = () => {
    const node = choices<SizeName>({
      legend: "Size of the network",
      name: "size",
      choices: [
        ["quick", "quick", "a tenth of AlexNet's width, 99 pixels: for a first try"],
        ["better", "better", "a quarter of its width, 131 pixels: for more photos, or a GPU"],
        ["full", "full", "AlexNet as it is, 227 pixels: for thousands of photos and a fast GPU"],
      ],
      chosen: size,
      onChoose(chosen) {
        size = chosen;
        hasChosen = true;
        draw();
      },
    });
    fill(byId("sizes", HTMLElement), node);
  };
  start.addEventListener("click", () => {
    // A camera may have taken a photo since the last drawing.
    if (adviceOn(classes).objection === undefined) onStart({ size, classes: filled(classes) });
  });
  drawChoices();
  draw();
  return {
    show(all) {
      classes = all;
      draw();
    },
    showDevice(found) {
      device = found;
      if (!hasChosen && device.engine === "webgpu") {
        size = "better";
        drawChoices();
      }
      draw();
    },
  };
}

const filled = (classes: readonly PhotoClass[]) => classes.filter(({ photos }) => photos.length > 0);

function factsOn({ size, classes }: Plan, device: Device | undefined): readonly Fact[] {
  const named = filled(classes);
  const photos = named.reduce((sum, each) => sum + each.photos.length, 0);
  const { epochs } = optionsFor(sizes[size], { photos, classes: named.length });
  const memory = memoryFor(sizes[size], Math.max(2, named.length));
  return [
    [
      "photos",
      photos === 0
        ? "none yet"
        : `${count(photos)} in ${counted(named.length, "class", "classes")}, a fifth of them for validation`,
    ],
    ["epochs", photos === 0 ? "set by the number of photos" : count(epochs)],
    ["memory", `${megabytes(memory)} at least; what the layers put out comes on top`],
    ["runs on", device === undefined ? "looking…" : device.name],
    ...(device?.reason === undefined ? [] : [["not WebGPU", device.reason] satisfies Fact]),
    ["time", "shown after the first steps"],
  ];
}
