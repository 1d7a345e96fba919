// The page: it takes photos from the start, describes the model as soon as the manifest is there, and names photos as
// soon as the model is.
import { clearCache, loadClassifier } from "@fleuron/runtime-web";
import { byId, fill } from "./dom.js";
import { Gallery } from "./gallery.js";
import { takeIn } from "./photos/intake.js";
import { fetchManifest } from "./session/fetch-manifest.js";
import { type Choice, Session } from "./session/session.js";
import { createCamera } from "./views/camera.js";
import { createEngineView } from "./views/engine.js";
import { createKeeping } from "./views/keeping.js";
import { createLoadView } from "./views/load.js";
import { modelCard } from "./views/model-card.js";
import { problem } from "./views/problem.js";
import { showSamples } from "./views/samples.js";
import { showStatement } from "./views/statement.js";

const BUNDLE = "bundle/";
const MOST_ROWS = 5;

interface Parts {
  readonly gallery: Gallery;
  readonly openCamera: () => Promise<void>;
}

// A page from a disk has no model to fetch, even where a browser runs it.
if (location.protocol !== "file:") byId("not-started", HTMLElement).remove();
const parts = start();
parts.catch((error: unknown) => fill(byId("load", HTMLElement), problem(error)));
// Without a model, what `parts` has shown is all that there is to say.
const whenStarted = (act: (parts: Parts) => void) => void parts.then(act, () => undefined);
const onPhotos = (photos: readonly File[]) => whenStarted(({ gallery }) => gallery.add(photos));
takeIn(onPhotos);
showSamples(byId("samples", HTMLElement), onPhotos);
byId("open-camera", HTMLButtonElement).addEventListener("click", () =>
  whenStarted(({ openCamera }) => void openCamera()),
);
keepPage().catch(() => undefined);

/** Without a service worker the page works all the same, with a network. Where storage is barred there may be none. */
async function keepPage(): Promise<void> {
  await navigator.serviceWorker?.register("service-worker.js");
}

async function start(): Promise<Parts> {
  const manifest = await fetchManifest(BUNDLE);
  showStatement(byId("statement", HTMLElement), manifest);
  byId("card", HTMLElement).append(modelCard(manifest));

  const announcements = byId("announcements", HTMLElement);
  const announce = (words: string) => {
    fill(announcements, words);
  };
  const loadView = createLoadView(byId("load", HTMLElement), {
    onRetry: () => choose(session.choice),
    announce,
  });
  const session = new Session({
    bundle: BUNDLE,
    load: loadClassifier,
    onChange: (state) => {
      loadView.show(state);
      engine.show(state);
      keeping.show(state);
    },
    onWarning: ({ code, message }) => {
      loadView.warn(message);
      if (code === "cache-unavailable") keeping.showRefused();
      engine.show(session.state);
    },
  });
  const keeping = createKeeping({ forget: clearCache, announce });
  const engine = createEngineView(byId("engine-body", HTMLElement), {
    session,
    manifest,
    keeping: keeping.node,
    onChoose: choose,
  });
  const gallery = new Gallery({
    node: byId("gallery", HTMLElement),
    rows: Math.min(MOST_ROWS, manifest.labels.length),
    source: session,
    announce,
    onEmpty: () => byId("choose", HTMLInputElement).focus(),
  });
  function choose(choice: Choice): void {
    // The session's state shows a failure.
    session.choose(choice).catch(() => undefined);
    gallery.nameAgain();
  }
  const camera = createCamera({
    node: byId("camera", HTMLElement),
    labels: manifest.labels,
    source: session,
    onPhoto: (photo) => gallery.add([photo]),
    onClose: () => byId("open-camera", HTMLButtonElement).focus(),
  });

  loadView.show(session.state);
  engine.show(session.state);
  if (!savesData()) session.classifier().catch(() => undefined);
  return { gallery, openCamera: camera.open };
}

/** The model waits for the first photo where data is dear. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
