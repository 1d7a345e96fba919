import { FleuronError } from "@fleuron/model";

const REASONS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  NotAllowedError: ["The camera was refused.", "Allow it for this page in the browser's address bar."],
  NotFoundError: ["This device has no camera.", "Choose a photo instead."],
  NotReadableError: ["The camera is in use by another program.", "Close that program and try again."],
};

/**
 * The camera's picture; the one at the back where there are two.
 * @param onEnd hears of a camera that ends by itself.
 */
export async function openCamera(onEnd: (error: FleuronError) => void): Promise<MediaStream> {
  // Absent where the page is not served securely.
  if (navigator.mediaDevices === undefined) {
    throw new FleuronError("camera-unavailable", "Browsers allow cameras on secure pages only.", {
      hint: "Open the page over https, or on this machine as localhost.",
    });
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    for (const track of stream.getTracks()) track.addEventListener("ended", () => onEnd(disconnected()));
    return stream;
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    const [message, hint] = REASONS[name] ?? [
      `The camera does not open: ${String(cause)}`,
      "Choose a photo instead.",
    ];
    throw new FleuronError("camera-unavailable", message, { hint, cause });
  }
}

const disconnected = () =>
  new FleuronError("camera-unavailable", "The camera was disconnected.", {
    kind: "machine",
    hint: "Connect it, or allow it again, and open it once more.",
  });
