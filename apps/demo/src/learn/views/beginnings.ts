// What training begins with, as a choice: the page's own network, a file, or nothing.
import { megabytes } from "@fleuron/model";
import { byId, element, fill } from "../../dom.js";
import { choices } from "../../views/choices.js";
import type { Beginning, Levels } from "../beginning.js";
import type { OwnNetwork } from "../own-network.js";
import type { SizeName } from "../sizes.js";

export interface Beginnings {
  /** Undefined where a file is to be chosen yet. */
  chosen(): Beginning | undefined;
  showOwn(own: OwnNetwork | undefined): void;
  /** An ONNX file that was dropped. */
  take(file: File): void;
  suggestSize(size: SizeName): void;
}

const levelWords: readonly (readonly [Levels, string])[] = [
  ["said", "as the file says, or as is usual"],
  ["imagenet", "by ImageNet's mean and deviation"],
  ["-1..1", "from −1 to 1"],
  ["0..1", "from 0 to 1"],
];

export function createBeginnings(onChange: () => void): Beginnings {
  const place = byId("beginnings", HTMLElement);
  const details = byId("beginning-details", HTMLElement);
  let from: Beginning["from"] = "scratch";
  let hasChosen = false;
  let own: OwnNetwork | undefined;
  let file: File | undefined;
  let levels: Levels = "said";
  let size: SizeName = "quick";
  let hasSize = false;

  const choose = (chosen: Beginning["from"]) => {
    from = chosen;
    hasChosen = true;
    drawDetails();
    onChange();
  };
  const draw = () => {
    const ofPage =
      own &&
      ([
        "own",
        "this page's network",
        `a new last layer on it, for your classes: quick, and good for few photos (${own.name}, ${megabytes(own.bytes)} to fetch)`,
      ] as const);
    const node = choices<Beginning["from"]>({
      legend: "What it begins with",
      name: "beginning",
      choices: [
        ...(ofPage ? [ofPage] : []),
        [
          "file",
          "an ONNX file",
          "a new last layer on a classifier of other photos: choose it, or drop it on the page",
        ],
        ["scratch", "nothing", "a network from scratch: minutes to hours, for many photos"],
      ],
      chosen: from,
      onChoose: choose,
    });
    fill(place, node);
    drawDetails();
  };
  const drawDetails = () => {
    if (from === "scratch") fill(details, sizeChoices());
    else if (from === "file") fill(details, ...fileChoices());
    else fill(details);
  };
  const sizeChoices = () =>
    choices<SizeName>({
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
        hasSize = true;
        onChange();
      },
    });
  const fileChoices = () => {
    const input = element("input", { class: "visually-hidden", type: "file", accept: ".onnx" });
    input.addEventListener("change", () => {
      const [given] = input.files ?? [];
      if (given) take(given);
    });
    const options = levelWords.map(([value, words]) =>
      element("option", { value, selected: value === levels }, words),
    );
    const select = element("select", { id: "levels" }, ...options);
    select.addEventListener("change", () => {
      levels = select.value as Levels;
    });
    return [
      element(
        "p",
        { class: "actions" },
        element("label", { class: "button small" }, input, "Choose an ONNX file"),
        element(
          "span",
          { class: "quiet" },
          file ? `${file.name}, ${megabytes(file.size)}` : "none chosen yet",
        ),
      ),
      element(
        "p",
        { class: "levels" },
        element("label", { for: "levels" }, "It takes photos as numbers "),
        select,
      ),
    ];
  };
  const take = (given: File) => {
    file = given;
    from = "file";
    hasChosen = true;
    draw();
    onChange();
  };
  draw();
  return {
    chosen() {
      if (from === "scratch") return { from, size };
      if (from === "own") return own && { from, own };
      return file && { from, file, levels };
    },
    showOwn(found) {
      own = found;
      if (own && !hasChosen) from = "own";
      draw();
      onChange();
    },
    take,
    suggestSize(suggested) {
      if (hasSize) return;
      size = suggested;
      draw();
      onChange();
    },
  };
}
