import { element, fill } from "../dom.js";

/** A picture that the project draws, filled in by scripts/build.mjs. */
interface Sample {
  readonly label: string;
  /** Relative to the page. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}
declare const SAMPLES: readonly Sample[];

/** The drawn pictures, as buttons. */
export function showSamples(node: HTMLElement, onPhotos: (photos: readonly File[]) => void): void {
  const buttons = SAMPLES.map(({ path, width, height }, index) => {
    const name = `Sample picture ${index + 1}`;
    const button = element(
      "button",
      { class: "sample", type: "button", "aria-label": name },
      element("img", { src: path, width, height, alt: "" }),
    );
    button.addEventListener("click", async () => {
      const response = await fetch(path).catch(() => undefined);
      // Without one the page says of an empty photo that it cannot be read.
      const blob = response?.ok ? await response.blob() : new Blob();
      onPhotos([new File([blob], name, { type: blob.type })]);
    });
    return button;
  });
  fill(node, element("p", { class: "quiet" }, "or take a picture that Fleuron drew:"), ...buttons);
}
