import { FleuronError } from "@fleuron/model";

const REASONS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  NotAllowedError: ["The camera was refused.", "Allow it for this page in the browser's address bar."],
  NotFoundError: ["This device has no camera.", "Choose a photo instead."],
  NotReadableError: ["The camera is in use by another program.", "Close that program and try again."],
};

/** The camera's picture; the one at the back where there are two. */
export async function openCamera(): Promise<MediaStream> {
  // Absent where the page is not served securely.
  if (navigator.mediaDevices === undefined) {
    throw new FleuronError("camera-unavailable", "Browsers allow cameras on secure pages only.", {
      hint: "Open the page over https, or on this machine as localhost.",
    });
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : "";
    const [message, hint] = REASONS[name] ?? [
      `The camera does not open: ${String(cause)}`,
      "Choose a photo instead.",
    ];
    throw new FleuronError("camera-unavailable", message, { hint, cause });
  }
}
