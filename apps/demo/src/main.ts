// The page: a bundle's manifest first, then photos, a classifier, and what they have to say.
import { clearCache, loadClassifier } from "@fleuron/runtime-web";
import { byId } from "./dom.js";
import { Gallery } from "./gallery.js";
import { takeIn } from "./photos/intake.js";
import { fetchManifest } from "./session/fetch-manifest.js";
import { type Choice, Session } from "./session/session.js";
import { createCamera } from "./views/camera.js";
import { createEngineView } from "./views/engine.js";
import { createLoadView } from "./views/load.js";
import { modelCard } from "./views/model-card.js";
import { problem } from "./views/problem.js";
import { showSamples } from "./views/samples.js";
import { showStatement } from "./views/statement.js";

const BUNDLE = "bundle/";
const MOST_ROWS = 5;

async function start(): Promise<void> {
  const manifest = await fetchManifest(BUNDLE);
  showStatement(byId("statement", HTMLElement), manifest.training);
  byId("card", HTMLElement).append(modelCard(manifest));

  const loadView = createLoadView(byId("load", HTMLElement), () => choose(session.choice));
  const session = new Session({
    bundle: BUNDLE,
    load: loadClassifier,
    onChange: (state) => {
      loadView.show(state);
      engine.show(state);
    },
    onWarning: (message) => {
      loadView.warn(message);
      engine.show(session.state);
    },
  });
  const engine = createEngineView(byId("engine-body", HTMLElement), {
    session,
    manifest,
    onChoose: choose,
    onForget: clearCache,
  });
  const classifier = () => session.classifier();
  const announcements = byId("announcements", HTMLElement);
  const gallery = new Gallery({
    node: byId("gallery", HTMLElement),
    rows: Math.min(MOST_ROWS, manifest.labels.length),
    classifier,
    announce: (words) => {
      announcements.textContent = words;
    },
  });
  function choose(choice: Choice): void {
    void session.choose(choice).catch(() => undefined);
    gallery.nameAgain();
  }

  const open = createCamera({
    node: byId("camera", HTMLElement),
    labels: manifest.labels,
    classifier,
    onPhoto: (photo) => gallery.add([photo]),
  });
  byId("open-camera", HTMLButtonElement).addEventListener("click", () => void open());
  takeIn((photos) => gallery.add(photos));
  showSamples(byId("samples", HTMLElement), (photos) => gallery.add(photos));

  loadView.show(session.state);
  engine.show(session.state);
  // What the session's state shows needs no second report.
  if (!savesData()) void classifier().catch(() => undefined);
}

/** The model waits for the first photo where data is dear. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

try {
  await start();
} catch (error) {
  byId("load", HTMLElement).replaceChildren(problem(error));
}
// Without it the page works all the same, with a network.
await navigator.serviceWorker?.register("service-worker.js").catch(() => undefined);
