import type { FoundFile } from "../photos/by-folder.js";
import { droppedFiles } from "../photos/dropped-files.js";

/** Takes what is dropped on a part of the page; `shown` is lit while something is held over it. */
export function dropZone(
  zone: EventTarget,
  shown: Element,
  onFiles: (files: readonly FoundFile[]) => void,
): void {
  const light = (lit: boolean) => shown.classList.toggle("over", lit);
  on(zone, "dragover", (event) => {
    if (!hasFiles(event)) return;
    take(event);
    event.dataTransfer.dropEffect = "copy";
    light(true);
  });
  on(zone, "dragleave", () => light(false));
  on(zone, "drop", async (event) => {
    light(false);
    if (!hasFiles(event)) return;
    take(event);
    onFiles(await droppedFiles(event.dataTransfer));
  });
}

/** Text that is dragged belongs to the field that it is dropped into. */
const hasFiles = (event: DragEvent): event is DragEvent & { readonly dataTransfer: DataTransfer } =>
  event.dataTransfer?.types.includes("Files") === true;

/** The innermost zone has it. */
function take(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

const on = (
  target: EventTarget,
  type: "dragover" | "dragleave" | "drop",
  listen: (event: DragEvent) => void,
) => target.addEventListener(type, (event) => listen(event as DragEvent));
