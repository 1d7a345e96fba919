// A class's photos, small: the newest first, a limited number until more are asked for.
import { count } from "@fleuron/model";
import { element, fill } from "../../dom.js";
import { thumbnail } from "../photos/thumbnail.js";

const SHOWN = 12;
const MORE = 48;

export interface ThumbnailsOptions {
  readonly onRemove: (photo: File) => void;
  /** Where a keyboard goes on after the last photo was removed. */
  readonly onEmpty: () => void;
  /** A photo that this browser cannot decode. */
  readonly onUnreadable: (photo: File) => void;
}

export interface Thumbnails {
  readonly node: HTMLElement;
  show(photos: readonly File[]): void;
}

export function createThumbnails({ onRemove, onEmpty, onUnreadable }: ThumbnailsOptions): Thumbnails {
  const list = element("ul", { class: "thumbs" });
  const more = element("button", { class: "button small", type: "button", hidden: true });
  const node = element("div", {}, list, more);
  const items = new Map<File, HTMLElement>();
  let limit = SHOWN;
  let photos: readonly File[] = [];

  function itemOf(photo: File): HTMLElement {
    const canvas = element("canvas");
    const words = `Remove ${photo.name}`;
    const button = element("button", { type: "button", "aria-label": words, title: words }, canvas);
    const item = element("li", {}, button);
    button.addEventListener("click", () => {
      const neighbour = item.nextElementSibling ?? item.previousElementSibling;
      onRemove(photo);
      if (neighbour) neighbour.querySelector("button")?.focus();
      else onEmpty();
    });
    thumbnail(photo).then(
      (bitmap) => canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap),
      () => onUnreadable(photo),
    );
    items.set(photo, item);
    return item;
  }
  function draw(): void {
    const shown = photos.slice(-limit).reverse();
    for (const photo of items.keys()) if (!shown.includes(photo)) items.delete(photo);
    fill(list, ...shown.map((photo) => items.get(photo) ?? itemOf(photo)));
    const hidden = photos.length - shown.length;
    more.hidden = hidden === 0;
    fill(more, hidden <= MORE ? `Show ${hidden} more` : `Show ${MORE} of ${count(hidden)} more`);
  }
  more.addEventListener("click", () => {
    limit += MORE;
    draw();
  });
  return {
    node,
    show(all) {
      photos = all;
      draw();
    },
  };
}
