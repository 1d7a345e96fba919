// All classes, and what fills several at once: a folder with a folder for each.
import { byCodeUnit } from "@fleuron/model";
import { byId, element, fill } from "../../dom.js";
import type { PhotoClass } from "../photo-class.js";
import { byFolder, type FoundFile, folderOf } from "../photos/by-folder.js";
import { type ClassCard, createClassCard } from "./class-card.js";
import { dropZone } from "./drop-zone.js";

const MOST_NAMED = 3;

export interface Classes {
  all(): readonly PhotoClass[];
  /** Closes the camera. */
  close(): void;
}

export interface ClassesOptions {
  readonly onChange: () => void;
  /** An ONNX file, dropped among the photos. */
  readonly onNetwork: (file: File) => void;
}

export function createClasses({ onChange, onNetwork }: ClassesOptions): Classes {
  const list = byId("classes", HTMLUListElement);
  const notices = byId("notices", HTMLElement);
  const folder = byId("choose-folder", HTMLInputElement);
  const addClass = byId("add-class", HTMLButtonElement);
  const cards = new Set<ClassCard>();

  let refused: readonly string[] = [];
  let hasLoose = false;

  const drawNotices = () => {
    const lines = [
      ...(refused.length > 0 ? [wordsOn(refused)] : []),
      ...(hasLoose ? ["Photos without a folder belong to no class yet: add them to a class below."] : []),
    ];
    fill(notices, ...lines.map((words) => element("p", { class: "problem", role: "alert" }, words)));
  };
  /** Photos show one by one that they cannot be decoded: what came together is said together. */
  function refuse(names: readonly string[]): void {
    refused = [...refused, ...names];
    drawNotices();
  }
  function forgetNotices(): void {
    refused = [];
    hasLoose = false;
    drawNotices();
  }
  function add(name: string): ClassCard {
    const card = createClassCard({
      name,
      onChange,
      onIntake: forgetNotices,
      onRefused: refuse,
      onRemove() {
        drop(card);
        addClass.focus();
        onChange();
      },
    });
    cards.add(card);
    list.append(card.node);
    return card;
  }
  /** The class of that name, or one that is still empty. */
  const cardFor = (name: string): ClassCard => {
    const named = [...cards].find((card) => card.name === name);
    if (named) return named;
    for (const card of cards) if (card.name === "" && card.photos.length === 0) drop(card);
    return add(name);
  };
  function drop(card: ClassCard): void {
    card.close();
    card.node.remove();
    cards.delete(card);
  }
  async function take(found: readonly FoundFile[]): Promise<void> {
    forgetNotices();
    const isNetwork = ({ file }: FoundFile) => file.name.endsWith(".onnx");
    const network = found.find(isNetwork);
    if (network) onNetwork(network.file);
    const { classes, loose, others } = byFolder(found.filter((each) => !isNetwork(each)));
    for (const [name, photos] of [...classes].sort(([one], [other]) => byCodeUnit(one, other))) {
      // A task for each class, however many there are: the page stays responsive.
      await new Promise((resolve) => setTimeout(resolve));
      cardFor(name.normalize("NFC")).add(photos);
    }
    hasLoose = loose.length > 0;
    refuse(others);
    onChange();
  }
  folder.addEventListener("change", () => {
    void take(Array.from(folder.files ?? [], (file) => ({ file, folder: folderOf(file) })));
    folder.value = "";
  });
  addClass.addEventListener("click", () => {
    add("").focus();
    onChange();
  });
  dropZone(document, byId("drop", HTMLElement), (found) => void take(found));
  add("");
  add("");
  return {
    all: () => [...cards],
    close() {
      for (const card of cards) card.close();
    },
  };
}

function wordsOn(refused: readonly string[]): string {
  const shown = refused.slice(0, MOST_NAMED).join(", ");
  const others = refused.length > MOST_NAMED ? ` and ${refused.length - MOST_NAMED} more` : "";
  return `Left out, since this browser reads no photo from ${refused.length > 1 ? "them" : "it"}: ${shown}${others}.`;
}
