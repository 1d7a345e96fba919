// The camera's picture, named as fast as the model runs.
import type { LabelProbability } from "@fleuron/model";
import { FrameRate } from "../camera/frame-rate.js";
import { openCamera } from "../camera/open-camera.js";
import { snapshot } from "../camera/snapshot.js";
import { element, fill } from "../dom.js";
import type { ClassifierSource } from "../session/session.js";
import { milliseconds, providerNames } from "../words.js";
import { createBars } from "./bars.js";
import { areMany } from "./many-labels.js";
import { problem } from "./problem.js";
import { titleOf } from "./title.js";

const CLOSED = new DOMException("The camera was closed.", "AbortError");
/** How many are shown of many. */
const MOST_PROBABLE = 5;

export interface CameraOptions {
  readonly node: HTMLElement;
  readonly labels: readonly string[];
  readonly source: ClassifierSource;
  readonly onPhoto: (photo: File) => void;
  /** Where a keyboard goes on after it has closed the camera. */
  readonly onClose: () => void;
}

export interface Camera {
  /** Resolves when it is closed. */
  open(): Promise<void>;
  close(): void;
}

export function createCamera(options: CameraOptions): Camera {
  const { node, labels, source, onPhoto, onClose } = options;
  const video = element("video", { muted: true, playsinline: true, "aria-label": "The camera's picture" });
  const title = element("span", { class: "serif" });
  const share = element("span", { class: "share" });
  const rows = areMany(labels) ? MOST_PROBABLE : labels.length;
  const bars = createBars(rows);
  const rate = element("p", { class: "path rate" }, " ");
  const take = element("button", { class: "button leading", type: "button" }, "Keep this picture");
  const end = element("button", { class: "button", type: "button" }, "Close the camera");
  const live = element(
    "figure",
    { class: "specimen live" },
    element("div", { class: "mounted" }, video),
    element(
      "figcaption",
      {},
      element("p", { class: "title" }, title, share),
      bars.node,
      rate,
      element("p", { class: "actions" }, take, end),
    ),
  );
  let running: AbortController | undefined;
  take.addEventListener("click", async () =>
    onPhoto(await snapshot(video, { name: "Camera", type: "image/png" })),
  );
  const close = () => running?.abort(CLOSED);
  end.addEventListener("click", close);

  async function open(): Promise<void> {
    if (running) return;
    const controller = new AbortController();
    running = controller;
    const { signal } = controller;
    fill(rate, "Waiting for the camera…");
    take.disabled = true;
    node.hidden = false;
    fill(node, live);
    node.scrollIntoView({ block: "nearest" });
    let stream: MediaStream | undefined;
    try {
      stream = await openCamera((error) => controller.abort(error));
      signal.throwIfAborted();
      video.srcObject = stream;
      await video.play();
      fill(rate, "Waiting for the model…");
      take.disabled = false;
      await follow(signal);
    } catch (error) {
      if (error === CLOSED || node.contains(document.activeElement)) onClose();
      if (error === CLOSED) node.hidden = true;
      else fill(node, problem(error));
    } finally {
      for (const track of stream?.getTracks() ?? []) track.stop();
      video.srcObject = null;
      running = undefined;
    }
  }

  return { open, close };

  async function follow(signal: AbortSignal): Promise<never> {
    const frames = new FrameRate();
    for (;;) {
      const { version } = source;
      try {
        await nameFrame(frames, signal);
      } catch (error) {
        signal.throwIfAborted();
        // Another classifier has been chosen: the next frame is its.
        if (version === source.version) throw error;
      }
    }
  }

  /** In a fixed order, so that bars do not change places. */
  function inOrder(predictions: readonly LabelProbability[]): readonly LabelProbability[] {
    return labels.flatMap((label) => predictions.find((prediction) => prediction.label === label) ?? []);
  }

  async function nameFrame(frames: FrameRate, signal: AbortSignal): Promise<void> {
    const model = await source.classifier();
    signal.throwIfAborted();
    await nextFrame(video, signal);
    signal.throwIfAborted();
    const classification = await model.classify(video, { topK: rows, signal });
    const { predictions, timings } = classification;
    const perSecond = frames.add(performance.now());
    const called = titleOf(classification);
    fill(title, called.name);
    fill(share, called.share);
    bars.show(areMany(labels) ? predictions : inOrder(predictions));
    fill(
      rate,
      [
        providerNames[model.executionProvider],
        `classified in ${milliseconds(timings.run)}`,
        ...(perSecond === undefined ? [] : [`${perSecond.toFixed(1)} frames a second`]),
      ].join(" · "),
    );
  }
}

/** A camera that is unplugged gives no more frames: waiting can be called off. */
const nextFrame = (video: HTMLVideoElement, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    video.requestVideoFrameCallback(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
