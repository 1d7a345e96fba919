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

  const say = (words: string) => fill(notices, element("p", { class: "problem", role: "alert" }, words));
  function refuse(names: readonly string[]): void {
    const shown = names.slice(0, MOST_NAMED).join(", ");
    const others = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
    say(`Left out, since this browser reads no photo from it: ${shown}${others}.`);
  }
  function add(name: string): ClassCard {
    const card = createClassCard({
      name,
      onChange,
      onRefused: refuse,
      onRemove() {
        card.close();
        card.node.remove();
        cards.delete(card);
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
    card.node.remove();
    cards.delete(card);
  }
  async function take(found: readonly FoundFile[]): Promise<void> {
    fill(notices);
    const isNetwork = ({ file }: FoundFile) => file.name.endsWith(".onnx");
    const network = found.find(isNetwork);
    if (network) onNetwork(network.file);
    const { classes, loose, others } = byFolder(found.filter((each) => !isNetwork(each)));
    for (const [name, photos] of [...classes].sort(([one], [other]) => byCodeUnit(one, other))) {
      // A task for each class, however many there are: the page stays responsive.
      await new Promise((resolve) => setTimeout(resolve));
      cardFor(name.normalize("NFC")).add(photos);
    }
    if (others.length > 0) refuse(others);
    if (loose.length > 0) say("Photos without a folder belong to no class yet: add them to a class below.");
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
