// A class's photos from the camera: one with each press, several while the button is held.
import { openCamera } from "../../camera/open-camera.js";
import { snapshot } from "../../camera/snapshot.js";
import { element, fill } from "../../dom.js";
import { problem } from "../../views/problem.js";

/** Milliseconds between two photos. */
const PAUSE = 200;
/** Pixels: more than any network here sees. */
const LONGER_SIDE = 480;

export interface Shooter {
  readonly node: HTMLElement;
  toggle(): Promise<void>;
  close(): void;
}

/** A device has one camera: the shooter that has it. */
let open: Shooter | undefined;

export interface ShooterOptions {
  readonly onPhoto: (photo: File) => void;
  /** Where a keyboard goes on after it has closed the camera. */
  readonly onClose: () => void;
}

export function createShooter({ onPhoto, onClose }: ShooterOptions): Shooter {
  const video = element("video", { muted: true, playsinline: true, "aria-label": "The camera's picture" });
  const shoot = element("button", { class: "button leading", type: "button" }, "Hold to take photos");
  const end = element("button", { class: "button", type: "button" }, "Close the camera");
  const node = element("div", { class: "shooter", hidden: true });
  let stream: MediaStream | undefined;
  let held = false;
  let busy = false;
  let taken = 0;

  async function shootWhileHeld(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      do {
        const name = `Camera ${++taken}, ${Date.now()}.jpg`;
        onPhoto(await snapshot(video, { name, type: "image/jpeg", longerSide: LONGER_SIDE }));
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      } while (held && stream);
    } finally {
      busy = false;
    }
  }
  const press = () => {
    held = true;
    void shootWhileHeld();
  };
  const release = () => {
    held = false;
  };
  shoot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    shoot.setPointerCapture(event.pointerId);
    press();
  });
  for (const type of ["pointerup", "pointercancel", "keyup", "blur"]) shoot.addEventListener(type, release);
  shoot.addEventListener("keydown", ({ key, repeat }) => {
    if ((key === " " || key === "Enter") && !repeat) press();
  });
  // A screen reader presses without a pointer or a key.
  shoot.addEventListener("click", () => void shootWhileHeld());
  shoot.addEventListener("contextmenu", (event) => event.preventDefault());

  const fail = (error: unknown) => {
    if (open !== shooter) return;
    if (node.contains(document.activeElement)) onClose();
    shooter.close();
    node.hidden = false;
    fill(node, problem(error));
  };
  const shooter: Shooter = {
    node,
    async toggle() {
      if (open === shooter) return shooter.close();
      open?.close();
      open = shooter;
      node.hidden = false;
      fill(node, element("p", { class: "quiet" }, "Waiting for the camera…"));
      try {
        const opened = await openCamera(fail);
        if (open !== shooter) return stop(opened);
        stream = opened;
        video.srcObject = stream;
        await video.play();
        fill(node, video, element("p", { class: "buttons" }, shoot, end));
        shoot.focus();
      } catch (error) {
        fail(error);
      }
    },
    close() {
      if (open === shooter) open = undefined;
      held = false;
      stop(stream);
      stream = undefined;
      video.srcObject = null;
      node.hidden = true;
    },
  };
  end.addEventListener("click", () => {
    shooter.close();
    onClose();
  });
  return shooter;
}

const stop = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};
