import { expect, it } from "vitest";
import { byFolder } from "./by-folder.js";

const file = (name: string, type = "image/jpeg") => new File(["x"], name, { type });

it("takes a photo's folder for its class, and photos without one by themselves", () => {
  const [one, two, three, loose] = ["1.jpg", "2.jpg", "1.jpg", "4.jpg"].map((name) => file(name));
  const sorted = byFolder([
    { file: one!, folder: "aster" },
    { file: three!, folder: "crocus" },
    { file: two!, folder: "aster" },
    { file: loose!, folder: undefined },
  ]);
  expect([...sorted.classes]).toEqual([
    ["aster", [one, two]],
    ["crocus", [three]],
  ]);
  expect(sorted.loose).toEqual([loose]);
});

it("knows photos by their type, or by their ending where a system gives no type, and names what is not one", () => {
  const names = ["1.WEBP", "notes.txt", ".DS_Store", "Thumbs.db"].map((name) => file(name, ""));
  const found = [...names, file("list.csv", "text/csv")].map((file) => ({ file, folder: "aster" }));
  const { classes, others } = byFolder(found);
  expect(classes.get("aster")?.map(({ name }) => name)).toEqual(["1.WEBP"]);
  expect(others).toEqual(["notes.txt", "list.csv"]);
});
