// One class: its name, its photos, and the ways in which more come.
import { counted } from "@fleuron/model";
import { element, fill } from "../../dom.js";
import type { PhotoClass } from "../photo-class.js";
import { byFolder, type FoundFile } from "../photos/by-folder.js";
import { dropZone } from "./drop-zone.js";
import { createShooter } from "./shooter.js";
import { createThumbnails } from "./thumbnails.js";

export interface ClassCardOptions {
  readonly name: string;
  readonly onChange: () => void;
  readonly onRemove: () => void;
  /** Files are being added: what was said of earlier ones is over. */
  readonly onIntake: () => void;
  /** Files that could not be taken. */
  readonly onRefused: (names: readonly string[]) => void;
}

export interface ClassCard extends PhotoClass {
  readonly node: HTMLElement;
  add(photos: readonly File[]): void;
  focus(): void;
  /** Closes its camera. */
  close(): void;
}

export function createClassCard(options: ClassCardOptions): ClassCard {
  const { onChange, onRemove, onIntake, onRefused } = options;
  let photos: readonly File[] = [];
  const name = element("input", {
    class: "class-name",
    type: "text",
    value: options.name,
    placeholder: "Class name",
    "aria-label": "Name of the class",
    maxlength: 60,
    autocomplete: "off",
    spellcheck: "false",
  });
  const total = element("span", { class: "quiet" });
  const choose = element("input", {
    class: "visually-hidden",
    type: "file",
    accept: "image/*",
    multiple: true,
  });
  const camera = element("button", { class: "button small", type: "button" }, "Camera");
  const remove = element(
    "button",
    { class: "button small", type: "button", "aria-label": "Remove the class" },
    "Remove",
  );
  const become = (next: readonly File[]) => {
    photos = next;
    thumbnails.show(photos);
    fill(total, counted(photos.length, "photo"));
    onChange();
  };
  const without = (photo: File) => become(photos.filter((other) => other !== photo));
  const thumbnails = createThumbnails({
    onRemove: without,
    onEmpty: () => choose.focus(),
    onUnreadable(photo) {
      without(photo);
      onRefused([photo.name]);
    },
  });
  const add = (added: readonly File[]) => {
    const there = new Set(photos.map(identityOf));
    const fresh = added.filter((photo) => !there.has(identityOf(photo)));
    if (fresh.length > 0) become([...photos, ...fresh]);
  };
  const take = (found: readonly FoundFile[]) => {
    onIntake();
    const { classes, loose, others } = byFolder(found);
    add([...loose, ...[...classes.values()].flat()]);
    if (others.length > 0) onRefused(others);
  };
  const shooter = createShooter({
    onPhoto: (photo) => add([photo]),
    onClose: () => camera.focus(),
  });
  const node = element(
    "li",
    { class: "class" },
    element("p", { class: "class-head" }, name, total),
    thumbnails.node,
    shooter.node,
    element(
      "p",
      { class: "actions" },
      element("label", { class: "button small" }, choose, "Choose photos"),
      camera,
      remove,
    ),
  );
  name.addEventListener("input", onChange);
  choose.addEventListener("change", () => {
    take(Array.from(choose.files ?? [], (file) => ({ file, folder: undefined })));
    choose.value = "";
  });
  camera.addEventListener("click", () => void shooter.toggle());
  remove.addEventListener("click", onRemove);
  dropZone(node, node, take);
  fill(total, counted(0, "photo"));
  return {
    node,
    get name() {
      return name.value.trim();
    },
    get photos() {
      return photos;
    },
    add,
    focus: () => name.focus(),
    close: shooter.close,
  };
}

/** The same file may be dropped twice. */
const identityOf = ({ name, size, lastModified }: File): string => `${name}/${size}/${lastModified}`;
