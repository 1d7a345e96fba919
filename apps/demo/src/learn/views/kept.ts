// The runs that this browser has saved.
import { counted, megabytes, percent } from "@fleuron/model";
import type { SavedRun } from "@fleuron/trainer-web";
import { byId, element, fill } from "../../dom.js";
import { date } from "../../words.js";

export interface KeptOptions {
  readonly onOpen: (run: string) => void;
  readonly onContinue: (run: string) => void;
  readonly onDownload: (run: string) => void;
  readonly onDelete: (run: string) => void;
}

export interface KeptView {
  show(runs: readonly SavedRun[]): void;
  /** While a run is trained, none is begun. */
  setBusy(busy: boolean): void;
}

export function createKeptView(options: KeptOptions): KeptView {
  const node = byId("kept", HTMLElement);
  const list = byId("runs", HTMLUListElement);
  let isBusy = false;
  let runs: readonly SavedRun[] = [];

  function rowOf(saved: SavedRun): HTMLElement {
    const { run, best, epochs, finished } = saved;
    // One that ended while its photos were read has nothing to continue.
    const canContinue = !finished && epochs > 0;
    const button = (words: string, act: (run: string) => void, leading = false) => {
      const made = element(
        "button",
        {
          class: `button small${leading ? " leading" : ""}`,
          type: "button",
          "aria-label": `${words} ${run}`,
        },
        words,
      );
      made.addEventListener("click", () => act(run));
      return made;
    };
    const resume = button("Continue", options.onContinue, true);
    resume.disabled = isBusy;
    return element(
      "li",
      {},
      element(
        "p",
        { class: "run" },
        element("span", { class: "serif" }, run),
        element("span", { class: "quiet" }, detailsOf(saved)),
      ),
      element(
        "p",
        { class: "actions" },
        ...(canContinue ? [resume] : []),
        ...(best ? [button("Open", options.onOpen, finished), button("Download", options.onDownload)] : []),
        deleting(saved),
      ),
    );
  }
  function deleting({ run }: SavedRun): HTMLElement {
    const made = element(
      "button",
      { class: "button small", type: "button", "aria-label": `Delete ${run}` },
      "Delete",
    );
    let asked = false;
    const ask = (isAsked: boolean) => {
      asked = isAsked;
      fill(made, asked ? "Really delete it?" : "Delete");
      made.setAttribute("aria-label", asked ? `Really delete ${run}?` : `Delete ${run}`);
    };
    made.addEventListener("click", () => (asked ? options.onDelete(run) : ask(true)));
    made.addEventListener("blur", () => ask(false));
    return made;
  }
  const draw = () => {
    node.hidden = runs.length === 0 || isBusy;
    fill(list, ...runs.map(rowOf));
  };
  return {
    show(saved) {
      const at = [...list.children].findIndex((row) => row.contains(document.activeElement));
      runs = saved;
      draw();
      // Where the row was that is gone, its neighbour is.
      if (at >= 0) list.children[Math.min(at, runs.length - 1)]?.querySelector("button")?.focus();
    },
    setBusy(busy) {
      isBusy = busy;
      draw();
    },
  };
}

function detailsOf({ labels, epoch, epochs, best, finished, savedAt, bytes }: SavedRun): string {
  return [
    ...(labels.length > 0 ? [counted(labels.length, "class", "classes")] : []),
    ...(finished
      ? []
      : [epochs > 0 ? `stopped after ${epoch} of ${epochs} epochs` : "its photos were never read"]),
    ...(best ? [`accuracy ${percent(best.valAccuracy)}`] : []),
    megabytes(bytes),
    date(savedAt),
  ].join(" · ");
}
