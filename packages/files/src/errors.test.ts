import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { readFailure, systemCode, writeFailure } from "./index.js";

const missing = () => readFile("/nowhere/at/all").catch((error: unknown) => error);

it("knows the code of a failed system call, also of one that crossed threads", async () => {
  const error = await missing();
  expect([systemCode(error), systemCode(structuredClone(error))]).toEqual(["ENOENT", "ENOENT"]);
});

it.each([new Error("TEST: no system call"), new Error("ENOENT"), "ENOENT: text", undefined])(
  "finds none in %s",
  (error) => {
    expect(systemCode(error)).toBeUndefined();
  },
);

it("tells a full disk as one, whichever thread found it", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  expect(writeFailure("a.txt", structuredClone(full))).toMatchObject({ code: "disk-full", subject: "a.txt" });
});

it("says of a file that is not there no more than that", async () => {
  expect(readFailure("a.onnx", await missing())).toMatchObject({
    code: "file-unreadable",
    message: "a.onnx does not exist.",
    hint: "Check the path.",
  });
  const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  expect(readFailure("a.onnx", denied).message).toBe("a.onnx cannot be read: EACCES: permission denied.");
});

it.each([
  ["EISDIR", "a.onnx is a folder.", "Name a file."],
  ["ERR_FS_FILE_TOO_LARGE", "a.onnx has more than 2 GiB.", expect.stringContaining("take a smaller one")],
])("says of %s what the file is", (code, message, hint) => {
  expect(readFailure("a.onnx", Object.assign(new Error("TEST"), { code }))).toMatchObject({ message, hint });
});
