import { expect, it } from "vitest";
import { droppedFiles } from "./dropped-files.js";

const denied = new DOMException("denied", "NotReadableError");

const fileEntry = (name: string, readable = true) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (resolve: (file: File) => void, reject: (error: unknown) => void) =>
    readable ? resolve(new File(["x"], name, { type: "image/jpeg" })) : reject(denied),
});
const folderEntry = (name: string, inside: readonly object[], readable = true) => ({
  isFile: false,
  isDirectory: true,
  name,
  createReader() {
    const parts = [inside, []];
    return {
      readEntries: (resolve: (entries: unknown) => void, reject: (error: unknown) => void) =>
        readable ? resolve(parts.shift()) : reject(denied),
    };
  },
});
async function drop(...entries: readonly object[]) {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry, getAsFile: () => null }));
  const found = await droppedFiles({ items } as unknown as DataTransfer);
  return found.map(({ file, folder }) => ({ name: file.name, bytes: file.size, folder }));
}

it("finds files in folders of folders, each with the folder that it lies in", async () => {
  const found = await drop(
    folderEntry("photos", [folderEntry("aster", [fileEntry("1.jpg")])]),
    fileEntry("2.jpg"),
  );
  expect(found).toEqual([
    { name: "1.jpg", bytes: 1, folder: "aster" },
    { name: "2.jpg", bytes: 1, folder: undefined },
  ]);
});

it("takes what can be read beside a file and a folder that cannot, and names both", async () => {
  const inside = [
    folderEntry("locked", [], false),
    folderEntry("aster", [fileEntry("1.jpg", false), fileEntry("2.jpg")]),
  ];
  expect(await drop(folderEntry("photos", inside))).toEqual([
    { name: "locked", bytes: 0, folder: "photos" },
    { name: "1.jpg", bytes: 0, folder: "aster" },
    { name: "2.jpg", bytes: 1, folder: "aster" },
  ]);
});
