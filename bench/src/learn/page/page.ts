// What runs in the page: what `docs/fine-tuning.md` shows, with a clock.
import { loadClassifier } from "@fleuron/runtime-web";
import { type TrainingOptions, trainClassifier } from "@fleuron/trainer-web";
import { median } from "../../statistics.js";

/** What is learnt: a network's address, and photos by theirs. */
export interface Lesson {
  readonly network: string;
  readonly photos: readonly { readonly address: string; readonly label: string }[];
  readonly options: TrainingOptions;
}

/** Milliseconds, and a share. */
export interface Learnt {
  /** From the call to the first step: photos and network read, features computed. */
  readonly preparingMs: number;
  /** From there to the bundle. */
  readonly trainingMs: number;
  /** From the bundle to the name of the first camera frame. */
  readonly firstFrameMs: number;
  /** Each further one. */
  readonly frameMs: number;
  /** The share of the validation photos that the bundle's epoch names rightly. */
  readonly valAccuracy: number;
}

declare global {
  interface Window {
    learn(lesson: Lesson): Promise<Learnt>;
  }
}

const FRAMES = 20;

window.learn = async ({ network, photos, options }) => {
  const fileAt = async (address: string) =>
    new File([await (await fetch(address)).blob()], address.slice(address.lastIndexOf("/") + 1));
  const given = [];
  for (const { address, label } of photos) given.push({ photo: await fileAt(address), label });
  const file = await fileAt(network);
  const camera = await openCamera();

  const begun = performance.now();
  let prepared = begun;
  let valAccuracy = 0;
  const training = trainClassifier(given, { ...options, recipe: "head", network: file, engines: ["wasm"] });
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    const event = next.value;
    if (event.type === "run") prepared = performance.now();
    if (event.type === "progress") void window.tellProgress(event.task);
    if (event.type === "end") valAccuracy = event.best!.valAccuracy;
  }
  const trained = performance.now();
  const classifier = await loadClassifier(next.value!.bundle, { executionProviders: ["wasm"] });
  await classifier.classify(camera);
  const named = performance.now();
  const frames = [];
  for (let frame = 0; frame < FRAMES; frame++) {
    const start = performance.now();
    await classifier.classify(camera);
    frames.push(performance.now() - start);
  }
  await classifier.dispose();
  return {
    preparingMs: prepared - begun,
    trainingMs: trained - prepared,
    firstFrameMs: named - trained,
    frameMs: median(frames),
    valAccuracy,
  };
};

/** A camera that shows a picture already. */
async function openCamera(): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
  await video.play();
  return video;
}
