// The network that was just trained, or opened: tried with photos and the camera, and downloaded.
import { MANIFEST_FILE, parseManifest } from "@fleuron/model";
import { loadClassifier } from "@fleuron/runtime-web";
import type { TrainedClassifier } from "@fleuron/trainer-web";
import { byId, fill } from "../../dom.js";
import { Gallery } from "../../gallery.js";
import { Session } from "../../session/session.js";
import { type Camera, createCamera } from "../../views/camera.js";
import { createLoadView } from "../../views/load.js";
import { problem } from "../../views/problem.js";
import { showStatement } from "../../views/statement.js";
import { byFolder } from "../photos/by-folder.js";
import { save } from "../save.js";
import { dropZone } from "./drop-zone.js";

const MOST_ROWS = 5;

export interface Trial {
  open(trained: TrainedClassifier): Promise<void>;
  /** Closes it, if it has that run. */
  close(run?: string): Promise<void>;
}

interface Opened {
  readonly trained: TrainedClassifier;
  readonly session: Session;
  readonly gallery: Gallery;
  readonly camera: Camera;
}

export function createTrial(announce: (words: string) => void): Trial {
  const node = byId("trial", HTMLElement);
  const choose = byId("try-photos", HTMLInputElement);
  const openCamera = byId("try-camera", HTMLButtonElement);
  const download = byId("download", HTMLButtonElement);
  let opened: Opened | undefined;

  const give = (photos: readonly File[]) => {
    if (photos.length > 0) opened?.gallery.add(photos);
  };
  choose.addEventListener("change", () => {
    give([...(choose.files ?? [])]);
    choose.value = "";
  });
  openCamera.addEventListener("click", () => void opened?.camera.open());
  download.addEventListener("click", async () => {
    if (opened === undefined) return;
    download.disabled = true;
    await save(opened.trained).catch((error: unknown) => fill(byId("load", HTMLElement), problem(error)));
    download.disabled = false;
  });
  dropZone(node, byId("try-drop", HTMLElement), (found) => {
    const { classes, loose } = byFolder(found);
    give([...loose, ...[...classes.values()].flat()]);
  });

  async function close(run?: string): Promise<void> {
    if (opened === undefined || (run !== undefined && run !== opened.trained.run)) return;
    const { gallery, camera, session } = opened;
    opened = undefined;
    node.hidden = true;
    camera.close();
    gallery.clear();
    await session.dispose();
  }

  return {
    close,
    async open(trained) {
      await close();
      const manifest = parseManifest(await trained.bundle[MANIFEST_FILE]!.text(), MANIFEST_FILE);
      fill(byId("trial-heading", HTMLElement), `Try it: ${trained.run}`);
      showStatement(byId("statement", HTMLElement), manifest);
      const loading = byId("load", HTMLElement);
      const session = new Session({
        bundle: trained.bundle,
        load: loadClassifier,
        onChange: (state) => loadView.show(state),
        onWarning: ({ message }) => loadView.warn(message),
      });
      const loadView = createLoadView(loading, {
        onRetry: () => session.choose(session.choice).catch(() => undefined),
        announce,
      });
      const gallery = new Gallery({
        node: byId("gallery", HTMLElement),
        rows: Math.min(MOST_ROWS, manifest.labels.length),
        source: session,
        announce,
        onEmpty: () => choose.focus(),
      });
      const camera = createCamera({
        node: byId("camera", HTMLElement),
        labels: manifest.labels,
        source: session,
        onPhoto: (photo) => gallery.add([photo]),
        onClose: () => openCamera.focus(),
      });
      opened = { trained, session, gallery, camera };
      node.hidden = false;
      openCamera.focus({ preventScroll: true });
      node.scrollIntoView({ block: "start" });
      try {
        await session.classifier();
      } catch (error) {
        if (opened?.session === session && !loading.querySelector(".problem")) fill(loading, problem(error));
      }
    },
  };
}
