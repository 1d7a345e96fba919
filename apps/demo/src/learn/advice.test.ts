import { expect, it } from "vitest";
import { adviceOn } from "./advice.js";

const photo = new File(["x"], "photo.jpg");
const of = (name: string, photos: number) => ({ name, photos: Array<File>(photos).fill(photo) });

it.each([
  ["no class", [], "There must be photos of at least two classes."],
  ["one class", [of("aster", 9), of("crocus", 0)], "There must be photos of at least two classes."],
  ["a class without a name", [of("aster", 9), of("", 9)], "A class has no name: give it one."],
  ["two classes of one name", [of("aster", 9), of("aster", 9)], "Two classes are called aster: rename one."],
  [
    "a class of one photo",
    [of("aster", 9), of("crocus", 1)],
    "crocus has 1 photo: add some until there are at least 5, or remove the class.",
  ],
])("objects to %s", (_, classes, objection) => {
  expect(adviceOn(classes, "scratch")).toEqual({ objection, warnings: [] });
});

it("warns of few photos and of uneven classes", () => {
  expect(adviceOn([of("aster", 120), of("crocus", 12)], "scratch")).toEqual({
    objection: undefined,
    warnings: [
      "crocus has only 12 photos. Ten of each class are a beginning, a hundred are good.",
      "aster has 120 photos and crocus 12: the network will tend to say aster. About as many of each class are best.",
    ],
  });
});

it("has nothing to say of many photos of each class", () => {
  expect(adviceOn([of("aster", 140), of("crocus", 60)], "scratch")).toEqual({
    objection: undefined,
    warnings: [],
  });
});

it("a head learns from fewer photos", () => {
  expect(adviceOn([of("aster", 20), of("crocus", 10)], "own")).toEqual({
    objection: undefined,
    warnings: [],
  });
  expect(adviceOn([of("aster", 20), of("crocus", 9)], "file").warnings).toEqual([
    "crocus has only 9 photos. Twenty of each class are good.",
  ]);
});
