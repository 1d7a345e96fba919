// How far the model's load is: one line and a bar, in a place of constant height.
import { megabytes } from "@fleuron/model";
import { element, fill } from "../dom.js";
import type { SessionState } from "../session/session.js";
import { providerNames } from "../words.js";
import { problem } from "./problem.js";

export interface LoadView {
  show(state: SessionState): void;
  warn(message: string): void;
}

export interface LoadOptions {
  readonly onRetry: () => void;
  /** For those who do not see the page. */
  readonly announce: (words: string) => void;
}

export function createLoadView(node: HTMLElement, { onRetry, announce }: LoadOptions): LoadView {
  const words = element("p", { class: "load-words", tabindex: -1 }, " ");
  const bar = element("progress", { class: "progress", max: 1, value: 0, "aria-label": "Loading the model" });
  const warnings = element("div", { class: "warnings" });
  const line = element("div", { class: "load-line" }, words, bar);
  fill(node, line, warnings);
  const retry = element("button", { class: "button small", type: "button" }, "Try again");
  retry.addEventListener("click", onRetry);
  /** What takes a place takes the keyboard, too, where it was there. */
  const replace = (old: HTMLElement, shown: HTMLElement, next: HTMLElement) => {
    const hadFocus = document.activeElement === old;
    fill(node, shown, warnings);
    if (hadFocus) next.focus();
  };
  return {
    show(state) {
      bar.hidden = state.phase === "ready" || state.phase === "idle";
      if (state.phase === "failed") replace(words, problem(state.error, retry), retry);
      else if (!line.isConnected) replace(retry, line, words);
      if (state.phase === "downloading" && state.total === 0) fill(warnings);
      fill(words, wordsOf(state));
      if (state.phase === "downloading") bar.value = state.total > 0 ? state.completed / state.total : 0;
      if (state.phase === "preparing") bar.value = 1;
      if (state.phase === "ready") announce(words.textContent);
    },
    warn(message) {
      warnings.append(element("p", { class: "quiet" }, message));
    },
  };
}

function wordsOf(state: SessionState): string {
  switch (state.phase) {
    case "idle":
      return "The model is loaded with the first photo.";
    case "downloading":
      return state.total === 0
        ? "Looking for the model…"
        : `Loading the model: ${megabytes(state.completed)} of ${megabytes(state.total)}`;
    case "preparing":
      return `All ${megabytes(state.total)} downloaded; preparing the model…`;
    case "ready": {
      const { executionProvider, model } = state.classifier;
      const seconds = state.seconds.toFixed(1);
      return `Ready after ${seconds} s, on ${providerNames[executionProvider]} in ${model.precision}.`;
    }
    case "failed":
      return "";
    default:
      return state satisfies never;
  }
}
