import { FleuronError } from "@fleuron/model";
import { expect, it } from "vitest";
import { failureOf } from "../failure.js";
import { trainingFailureOf, warningInPage } from "./in-page-words.js";

it("tells what to do in the page, not in a program", () => {
  const error = new FleuronError("storage-full", "There is no room.", { hint: "Call `deleteRun`." });
  expect(trainingFailureOf(error)).toMatchObject({
    message: "There is no room.",
    hint: "Delete a saved network, or free space on the disk; what was saved before is whole.",
  });
});

it("names no layer to choose, for the page has no such choice", () => {
  const error = new FleuronError("network-head", "It has 2 heads.", { hint: "Name one with `head`." });
  expect(trainingFailureOf(error)).toMatchObject({ hint: expect.stringMatching(/^Choose another file/) });
});

it("has another answer to a worker that trains than to one that classifies", () => {
  const error = new FleuronError("worker-failed", "It has ended.", { hint: "Check `baseUrl`." });
  expect(trainingFailureOf(error).hint).toMatch(/train a smaller network/);
  expect(failureOf(error).hint).toMatch(/lacks files of the page/);
});

it("leaves other errors as they are", () => {
  const error = new FleuronError("photo-unreadable", "1.jpg is damaged.");
  expect(trainingFailureOf(error)).toEqual({ message: "1.jpg is damaged.", hint: undefined });
  expect(trainingFailureOf("odd")).toEqual({ message: "odd", hint: undefined });
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
