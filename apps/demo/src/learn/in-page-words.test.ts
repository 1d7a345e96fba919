import { FleuronError } from "@fleuron/model";
import { expect, it } from "vitest";
import { inPageWords, warningInPage } from "./in-page-words.js";

it("tells what to do in the page, not in a program", () => {
  const error = new FleuronError("storage-full", "There is no room.", { hint: "Call `deleteRun`." });
  expect(inPageWords(error)).toMatchObject({
    message: "There is no room.",
    hint: "Delete a saved network, or free space on the disk; what was saved before is whole.",
  });
});

it("names no layer to choose, for the page has no such choice", () => {
  const error = new FleuronError("network-head", "It has 2 heads.", { hint: "Name one with `head`." });
  expect(inPageWords(error)).toMatchObject({ hint: expect.stringMatching(/^Choose another file/) });
});

it("leaves other errors as they are", () => {
  const error = new FleuronError("photo-unreadable", "1.jpg is damaged.");
  expect(inPageWords(error)).toBe(error);
  expect(inPageWords("odd")).toBe("odd");
});

it("tells of a guess without the names of options", () => {
  const warning = {
    type: "warning",
    code: "preprocessing-guessed",
    message: "Say it with `channels`.",
  } as const;
  expect(warningInPage(warning)).toMatch(/^The file does not say how photos become numbers/);
  expect(warningInPage({ ...warning, code: "photos-unreadable" })).toBe("Say it with `channels`.");
});
