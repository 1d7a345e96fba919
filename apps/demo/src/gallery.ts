// All photos of the page, the newest first, named one after the other by whatever classifier is chosen.
import type { WebClassifier } from "@fleuron/runtime-web";
import { createSpecimen, type Specimen } from "./views/specimen.js";
import { createWhy, type Why } from "./views/why.js";
import { percent } from "./words.js";

export interface GalleryOptions {
  readonly node: HTMLElement;
  readonly rows: number;
  readonly classifier: () => Promise<WebClassifier>;
  /** Tells those who do not see the page. */
  readonly announce: (words: string) => void;
}

interface Entry {
  readonly specimen: Specimen;
  readonly why: Why;
  readonly name: string;
}

export class Gallery {
  readonly #options: GalleryOptions;
  readonly #entries = new Set<Entry>();

  constructor(options: GalleryOptions) {
    this.#options = options;
  }

  add(photos: readonly File[]): void {
    const { node, rows, classifier } = this.#options;
    const added = photos.map(({ name }, index): Entry => {
      const specimen = createSpecimen({
        photo: photos[index]!,
        name,
        rows,
        onRemove: () => this.#remove(entry),
      });
      const entry = { specimen, why: createWhy(specimen, classifier), name };
      return entry;
    });
    node.hidden = false;
    node.prepend(...added.map(({ specimen }) => specimen.node));
    for (const entry of added) this.#entries.add(entry);
    void this.#name(added);
  }

  /** Names every photo again: another classifier was chosen. */
  nameAgain(): void {
    void this.#name([...this.#entries]);
  }

  async #name(entries: readonly Entry[]): Promise<void> {
    for (const { specimen, why } of entries) {
      specimen.showWaiting();
      why.reset(undefined);
    }
    for (const entry of entries) if (this.#entries.has(entry)) await this.#nameOne(entry);
  }

  async #nameOne({ specimen, why, name }: Entry): Promise<void> {
    const { classifier, announce } = this.#options;
    const chosen = classifier();
    try {
      const model = await chosen;
      const classification = await model.classify(specimen.photo);
      specimen.show(classification, model.executionProvider);
      const [first] = classification.predictions;
      why.reset(first?.label);
      if (first) announce(`${name}: ${first.label}, ${percent(first.probability)}`);
    } catch (error) {
      // Another classifier has been chosen meanwhile: it names all photos again.
      if (chosen !== classifier()) return;
      specimen.showProblem(error);
    }
  }

  #remove(entry: Entry): void {
    entry.why.reset(undefined);
    entry.specimen.node.remove();
    entry.specimen.dispose();
    this.#entries.delete(entry);
    this.#options.node.hidden = this.#entries.size === 0;
  }
}
