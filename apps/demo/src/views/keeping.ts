// Whether the next visit needs a network, and the way to forget.
import { element, fill } from "../dom.js";
import type { SessionState } from "../session/session.js";

export interface Keeping {
  readonly node: HTMLElement;
  show(state: SessionState): void;
  /** The browser keeps nothing of this load, or has no room. */
  showRefused(): void;
}

export interface KeepingOptions {
  /** Deletes what is kept. */
  readonly forget: () => Promise<void>;
  /** For those who do not see the page. */
  readonly announce: (words: string) => void;
}

export function createKeeping({ forget, announce }: KeepingOptions): Keeping {
  const button = element("button", { class: "button small", type: "button" }, "Delete the stored model");
  const stored = ["The model is stored in this browser: the next visit needs no network.", button];
  // The words keep their place before they are true, so that nothing moves when they are.
  const node = element("p", { class: "quiet keeping unsaid", tabindex: -1 }, ...stored);
  let isRefused = false;
  const refuse = () => {
    isRefused = true;
    fill(node, "This browser does not store the model: every visit loads it again.");
  };
  button.addEventListener("click", async () => {
    try {
      await forget();
      fill(node, "The stored model was deleted: the next visit loads it again.");
    } catch {
      refuse();
    }
    node.focus();
    announce(node.textContent);
  });
  return {
    node,
    show(state) {
      node.classList.toggle("unsaid", state.phase !== "ready");
      // A new load may find room.
      if (state.phase === "downloading" && state.total === 0) isRefused = false;
      if (state.phase === "ready" && !isRefused) fill(node, ...stored);
    },
    showRefused: refuse,
  };
}
