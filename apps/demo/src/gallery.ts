// All photos of the page, the newest first, named one after the other by whatever classifier is chosen.
import type { WebClassifier } from "@fleuron/runtime-web";
import type { ClassifierSource } from "./session/session.js";
import { createSpecimen, type Specimen } from "./views/specimen.js";
import { titleOf } from "./views/title.js";
import { createWhy, type Why } from "./views/why.js";

export interface GalleryOptions {
  readonly node: HTMLElement;
  readonly rows: number;
  readonly source: ClassifierSource;
  /** For those who do not see the page. */
  readonly announce: (words: string) => void;
  /** Where a keyboard goes on after the last photo was removed. */
  readonly onEmpty: () => void;
}

interface Entry {
  readonly specimen: Specimen;
  readonly why: Why;
  readonly photo: File;
}

export class Gallery {
  readonly #options: GalleryOptions;
  readonly #entries = new Set<Entry>();

  constructor(options: GalleryOptions) {
    this.#options = options;
  }

  add(photos: readonly File[]): void {
    const { node, rows, source, announce } = this.#options;
    const added = photos.map((photo): Entry => {
      const { name } = photo;
      const specimen = createSpecimen({ photo, name, rows, onRemove: () => this.#remove(entry) });
      const why = createWhy(specimen, { classifier: () => source.classifier(), announce });
      const entry = { specimen, why, photo };
      return entry;
    });
    node.hidden = false;
    node.prepend(...added.map(({ specimen }) => specimen.node));
    for (const entry of added) this.#entries.add(entry);
    node.firstElementChild?.scrollIntoView({ block: "nearest" });
    void this.#name(added);
  }

  /** Names every photo again: another classifier was chosen. */
  nameAgain(): void {
    void this.#name([...this.#entries]);
  }

  /** Removes all photos. */
  clear(): void {
    for (const { specimen, why } of this.#entries) {
      why.reset(undefined);
      specimen.node.remove();
      specimen.dispose();
    }
    this.#entries.clear();
    this.#options.node.hidden = true;
  }

  async #name(entries: readonly Entry[]): Promise<void> {
    const { source } = this.#options;
    const { version } = source;
    for (const { specimen, why } of entries) {
      specimen.showWaiting();
      why.reset(undefined);
    }
    let model: WebClassifier;
    try {
      model = await source.classifier();
    } catch (error) {
      // Each photo would load it once more.
      if (version === source.version) for (const { specimen } of entries) specimen.showProblem(error);
      return;
    }
    for (const entry of entries) {
      // Another classifier has been chosen meanwhile: it names all photos again.
      if (version !== source.version) return;
      if (this.#entries.has(entry)) await this.#nameOne(entry, model);
    }
  }

  async #nameOne({ specimen, why, photo }: Entry, model: WebClassifier): Promise<void> {
    const { source, announce } = this.#options;
    const { version } = source;
    try {
      const classification = await model.classify(specimen.photo);
      specimen.show(classification, model.executionProvider);
      why.reset(classification.predictions[0]?.label);
      const { name, share } = titleOf(classification);
      announce(`${photo.name}: ${[name, share].filter(Boolean).join(", ")}`);
    } catch (error) {
      if (version === source.version) specimen.showProblem(error);
    }
  }

  #remove(entry: Entry): void {
    const { node, onEmpty } = this.#options;
    const { specimen, why } = entry;
    const neighbour = specimen.node.nextElementSibling ?? specimen.node.previousElementSibling;
    why.reset(undefined);
    specimen.node.remove();
    specimen.dispose();
    this.#entries.delete(entry);
    node.hidden = this.#entries.size === 0;
    for (const other of this.#entries) if (other.specimen.node === neighbour) other.specimen.focus();
    if (node.hidden) onEmpty();
  }
}
