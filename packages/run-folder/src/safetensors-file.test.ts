import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors, float32Values } from "@fleuron/model";
import type { NamedTensor } from "@fleuron/training";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSafetensorsFile } from "./open-safetensors-file.js";
import { writeSafetensorsFile } from "./write-safetensors-file.js";

const kernel = { name: "weights/a/kernel", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const bias = { name: "weights/a/bias", shape: [2], data: Float32Array.of(-1, 0.5) };

async function* each(...tensors: readonly NamedTensor[]): AsyncGenerator<NamedTensor, void> {
  yield* tensors;
}

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-safetensors-"));
  file = join(folder, "last.safetensors");
});
afterEach(() => rm(folder, { recursive: true }));

const write = (...data: readonly NamedTensor[]) =>
  writeSafetensorsFile(file, [kernel, bias], each(...data), { step: "7" });

async function readAll(names?: readonly string[]): Promise<NamedTensor[]> {
  const opened = await openSafetensorsFile(file);
  try {
    const tensors: NamedTensor[] = [];
    for await (const tensor of opened.read(names)) tensors.push(tensor);
    return tensors;
  } finally {
    await opened[Symbol.asyncDispose]();
  }
}

it("says which file cannot be read", async () => {
  await expect(openSafetensorsFile(folder)).rejects.toMatchObject({
    code: "file-unreadable",
    subject: folder,
  });
});

describe("writeSafetensorsFile", () => {
  it("writes in the listed order whatever the order in which the tensors come", async () => {
    await write(bias, kernel);
    const { tensors, metadata } = decodeSafetensors(await readFile(file));
    expect(metadata).toEqual({ step: "7" });
    expect([...tensors.keys()]).toEqual([kernel.name, bias.name]);
    expect(float32Values(tensors.get(bias.name)!.data)).toEqual(bias.data);
    expect(await readAll()).toEqual([kernel, bias]);
  });

  it("asks for the next tensor when one that does not last is written", async () => {
    const data = new Float32Array(8);
    const tensors = ["a", "b", "c", "d"].map((name) => ({ name, shape: [8] }));
    async function* reused() {
      for (const [index, tensor] of tensors.entries()) {
        yield { ...tensor, data: data.fill(index) };
      }
    }
    await writeSafetensorsFile(file, tensors, reused(), {});
    expect((await readAll()).map((tensor) => tensor.data[7])).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ["in order", [0, 1, 2, 3]],
    ["in another order", [2, 3, 0, 1]],
  ])("writes tensors that last %s", async (_, order) => {
    const tensors = ["a", "b", "c", "d"].map((name, index) => ({ name, shape: [index + 1] }));
    const lasting = order.map((index) => ({
      ...tensors[index]!,
      data: new Float32Array(index + 1).fill(index),
      lasts: index !== 1,
    }));
    await writeSafetensorsFile(file, tensors, each(...lasting), {});
    expect((await readAll()).map(({ data }) => [...data])).toEqual([[0], [1, 1], [2, 2, 2], [3, 3, 3, 3]]);
  });

  it("writes a view of a larger array without its surroundings", async () => {
    const data = Float32Array.of(9, 9, -1, 0.5, 9).subarray(2, 4);
    await write(kernel, { ...bias, data });
    expect(await readAll([bias.name])).toEqual([bias]);
  });

  it.each([
    ["leaves one out", [kernel], "'weights/a/bias' was not given"],
    ["gives one twice", [kernel, bias, kernel], "'weights/a/kernel' is not due"],
    ["gives one that is not listed", [kernel, { ...bias, name: "b" }], "'b' is not due"],
    ["gives another shape", [{ ...kernel, shape: [3, 2] }], "[3, 2] with 6 values instead of [2, 3]"],
    ["gives too few values", [{ ...kernel, data: bias.data }], "[2, 3] with 2 values"],
  ])("leaves the old file intact when the source %s", async (_, data, message) => {
    await write(kernel, bias);
    const before = await readFile(file);
    await expect(write(...data)).rejects.toMatchObject({
      code: "checkpoint-mismatch",
      subject: file,
      message: expect.stringContaining(message),
    });
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(["last.safetensors"]);
  });

  it("passes on what the source throws and leaves nothing behind", async () => {
    const reason = new Error("aborted");
    async function* failing() {
      yield kernel;
      throw reason;
    }
    await expect(writeSafetensorsFile(file, [kernel, bias], failing(), {})).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });

  it("names the file when its folder is gone", async () => {
    const gone = join(folder, "gone", "last.safetensors");
    await expect(writeSafetensorsFile(gone, [], each(), {})).rejects.toMatchObject({
      code: "file-unwritable",
      subject: gone,
    });
  });
});

describe("openSafetensorsFile", () => {
  it("says that there is no file", async () => {
    await expect(openSafetensorsFile(file)).rejects.toMatchObject({
      code: "checkpoint-missing",
      subject: file,
    });
  });

  it("calls a file that was cut at any place truncated", async () => {
    await write(kernel, bias);
    const { size } = await stat(file);
    for (const length of [size - 1, size - 30, 20, 7, 0]) {
      await truncate(file, length);
      await expect(openSafetensorsFile(file)).rejects.toMatchObject({
        code: "checkpoint-truncated",
        subject: file,
        hint: expect.stringContaining("cut short"),
      });
    }
  });

  it.each([
    ["bytes of something else", new TextEncoder().encode("<!doctype html><html></html>")],
    [
      "half-precision tensors",
      encodeSafetensors([{ name: "a", dtype: "F16", shape: [2], data: new Uint16Array(2) }]),
    ],
    ["bytes after the end", Buffer.concat([encodeSafetensors([{ ...bias, dtype: "F32" }]), Buffer.of(0)])],
  ])("refuses %s", async (_, bytes) => {
    await writeFile(file, bytes);
    await expect(openSafetensorsFile(file)).rejects.toMatchObject({
      code: "checkpoint-invalid",
      subject: file,
    });
  });

  it("says where in a large tensor it stands", async () => {
    const data = new Float32Array(5_000_000);
    data[4_999_998] = Number.NaN;
    const large = { name: "weights/large", shape: [data.length], data };
    await writeSafetensorsFile(file, [large], each(large), {});
    await expect(readAll()).rejects.toThrow("tensor 'weights/large' holds NaN at index 4999998.");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("refuses a tensor that holds %d", async (value) => {
    await write({ ...kernel, data: kernel.data.with(4, value) }, bias);
    expect(await readAll([bias.name])).toEqual([bias]);
    await expect(readAll()).rejects.toMatchObject({
      code: "checkpoint-invalid",
      subject: file,
      message: `${file}: tensor 'weights/a/kernel' holds ${value} at index 4.`,
    });
  });

  it("goes on reading the file that it opened when that is replaced", async () => {
    await write(kernel, bias);
    const opened = await openSafetensorsFile(file);
    const reading = opened.read();
    await reading.next();
    await write(kernel, { ...bias, data: Float32Array.of(8, 8) });
    expect((await reading.next()).value).toEqual(bias);
    await opened[Symbol.asyncDispose]();
  });

  it("reads a tensor of many reads, and says where one that shrinks meanwhile ends", async () => {
    const count = 9 * 2 ** 20 + 3;
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = i;
    const large = { name: "weights/b/kernel", shape: [count], data };
    await writeSafetensorsFile(file, [large, bias], each(large, bias), {});
    await using opened = await openSafetensorsFile(file);
    const { value: first } = await opened.read([large.name]).next();
    expect(Buffer.compare(new Uint8Array(first!.data.buffer), new Uint8Array(data.buffer))).toBe(0);
    await truncate(file, 4 * count - 2 ** 20);
    await expect(opened.read([large.name]).next()).rejects.toMatchObject({
      code: "checkpoint-truncated",
      message: expect.stringContaining(String(4 * count - 2 ** 20)),
    });
  });

  it("refuses a name that the file does not have", async () => {
    await write(kernel, bias);
    await expect(readAll(["weights/b"])).rejects.toMatchObject({ code: "checkpoint-mismatch" });
  });
});
