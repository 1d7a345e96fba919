import { FleuronError } from "@fleuron/model";
import { expect, it } from "vitest";
import { inPageWords } from "./in-page-words.js";

it("tells what to do in the page, not in a program", () => {
  const error = new FleuronError("storage-full", "There is no room.", { hint: "Call `deleteRun`." });
  expect(inPageWords(error)).toMatchObject({
    message: "There is no room.",
    hint: "Delete a saved network, or free space on the disk; what was saved before is whole.",
  });
});

it("leaves other errors as they are", () => {
  const error = new FleuronError("photo-unreadable", "1.jpg is damaged.");
  expect(inPageWords(error)).toBe(error);
  expect(inPageWords("odd")).toBe("odd");
});
