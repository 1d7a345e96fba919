// Every way in which photos come to the page.
import { byId } from "../dom.js";

/** Calls `onPhotos` with what is dropped anywhere on the page, pasted, or chosen. */
export function takeIn(onPhotos: (photos: readonly File[]) => void): void {
  const drop = byId("drop", HTMLDivElement);
  const give = (files: Iterable<File> | null | undefined) => {
    const photos = [...(files ?? [])];
    if (photos.length > 0) onPhotos(photos);
  };
  for (const id of ["choose", "take"]) {
    const input = byId(id, HTMLInputElement);
    input.addEventListener("change", () => {
      give(input.files);
      // The same photo may be chosen again.
      input.value = "";
    });
  }
  document.addEventListener("paste", ({ clipboardData }) => give(clipboardData?.files));
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (relatedTarget === null) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    give(event.dataTransfer?.files);
  });
}
