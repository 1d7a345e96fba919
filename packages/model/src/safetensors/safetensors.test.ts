import { describe, expect, it } from "vitest";
import { encodeSafetensorsHeader } from "./encode-header.js";
import { parseSafetensorsHeader, safetensorsDataOffset } from "./parse-header.js";
import { decodeSafetensors, encodeSafetensors, float32Values } from "./whole-file.js";

/**
 * Written by Python's safetensors 0.8.0: save({"conv1/kernel": np.arange(6, dtype=np.float32).reshape(1, 2, 3) / 4,
 * "step": np.array(7, dtype=np.int64), "mask": np.array([1, 0, 255], dtype=np.uint8),
 * "half": np.array([1.5], dtype=np.float16)}, {"epoch": "3", "name": "Blüte ❦"})
 */
const FROM_PYTHON =
  "KAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJuYW1lIjoiQmzDvHRlIOKdpiIsImVwb2NoIjoiMyJ9LCJzdGVwIjp7ImR0eXBlIjoiSTY0Iiwic2hh" +
  "cGUiOltdLCJkYXRhX29mZnNldHMiOlswLDhdfSwiY29udjEva2VybmVsIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxLDIsM10sImRhdGFfb2Zm" +
  "c2V0cyI6WzgsMzJdfSwiaGFsZiI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzMyLDM0XX0sIm1hc2siOnsiZHR5" +
  "cGUiOiJVOCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzM0LDM3XX19ICAgICAgIAcAAAAAAAAAAAAAAAAAgD4AAAA/AABAPwAAgD8AAKA/" +
  "AD4BAP8=";

function withHeader(json: string | Uint8Array, dataBytes = 0): Uint8Array {
  const header = typeof json === "string" ? new TextEncoder().encode(json) : json;
  const file = new Uint8Array(8 + header.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  return file;
}

function failure(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("decodeSafetensors", () => {
  it("reads a file that Python wrote", () => {
    const { tensors, metadata } = decodeSafetensors(Uint8Array.from(Buffer.from(FROM_PYTHON, "base64")));
    expect(metadata).toEqual({ epoch: "3", name: "Blüte ❦" });
    expect([...tensors.keys()]).toEqual(["step", "conv1/kernel", "half", "mask"]);
    const kernel = tensors.get("conv1/kernel");
    expect(kernel).toMatchObject({ dtype: "F32", shape: [1, 2, 3] });
    expect([...float32Values(kernel!.data)]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    // A Buffer's own slice would be a view.
    const unaligned = Buffer.concat([Buffer.alloc(1), kernel!.data]).subarray(1);
    expect([...float32Values(unaligned)]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    expect(tensors.get("step")).toMatchObject({ dtype: "I64", shape: [], begin: 0, end: 8 });
    expect([...tensors.get("mask")!.data]).toEqual([1, 0, 255]);
    expect([...tensors.get("half")!.data]).toEqual([0x00, 0x3e]);
  });

  it("returns what encodeSafetensors was given, empty and unaligned tensors too", () => {
    const file = encodeSafetensors(
      [
        { name: "a", dtype: "U8", shape: [3], data: Uint8Array.of(1, 2, 3) },
        { name: "empty", dtype: "F32", shape: [0, 4], data: new Float32Array(0) },
        { name: "weights/b", dtype: "F32", shape: [2], data: Float32Array.of(1.5, -2) },
      ],
      { step: "12" },
    );
    const { tensors, metadata } = decodeSafetensors(file);
    expect(metadata).toEqual({ step: "12" });
    expect([...tensors.keys()]).toEqual(["a", "empty", "weights/b"]);
    expect([...tensors.get("a")!.data]).toEqual([1, 2, 3]);
    expect([...float32Values(tensors.get("weights/b")!.data)]).toEqual([1.5, -2]);
  });

  it.each([1, 3, 40, 300, 332])("calls a file cut to %d bytes truncated", (length) => {
    const bytes = Uint8Array.from(Buffer.from(FROM_PYTHON, "base64")).subarray(0, length);
    expect(failure(() => decodeSafetensors(bytes, { file: "last.safetensors" }))).toMatchObject({
      code: "safetensors-truncated",
      subject: "last.safetensors",
    });
  });
});

describe("encodeSafetensorsHeader", () => {
  it("writes length, compact JSON in the given order, and spaces up to a multiple of 8", () => {
    const header = encodeSafetensorsHeader([
      { name: "z", dtype: "F16", shape: [2, 3] },
      { name: "a", dtype: "I32", shape: [] },
    ]);
    const json =
      '{"z":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]},"a":{"dtype":"I32","shape":[],"data_offsets":[12,16]}}';
    expect(header.length % 8).toBe(0);
    expect(safetensorsDataOffset(header)).toBe(header.length);
    expect(new TextDecoder().decode(header.subarray(8)).trimEnd()).toBe(json);
  });

  it.each([
    ["a name given twice", ["a", "a"], [1]],
    ["the reserved name", ["__metadata__"], [1]],
    ["a fractional dimension", ["a"], [1.5]],
    ["a negative dimension", ["a"], [-1]],
    ["more bytes than a file can have", ["a"], [2 ** 30, 2 ** 30]],
  ])("refuses %s", (_, names, shape) => {
    const tensors = names.map((name) => ({ name, dtype: "F32" as const, shape }));
    expect(failure(() => encodeSafetensorsHeader(tensors))).toMatchObject({ code: "safetensors-invalid" });
  });

  it("refuses data that do not fill the shape", () => {
    const tensor = { name: "a", dtype: "F32", shape: [2], data: new Float32Array(3) } as const;
    expect(failure(() => encodeSafetensors([tensor]))).toMatchObject({
      code: "safetensors-invalid",
      message: expect.stringContaining("12 bytes where F32 [2] takes 8"),
    });
  });
});

describe("parseSafetensorsHeader", () => {
  const tensor = (begin: number, end: number) =>
    `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;

  it.each([
    ["text that is not JSON", "{", "not JSON"],
    ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "not JSON in UTF-8"],
    ["an array", "[]", "does not start with {"],
    ["space before the object", " {}", "does not start with {"],
    ["an unknown dtype", '{"a":{"dtype":"F31","shape":[],"data_offsets":[0,4]}}', "'dtype'"],
    ["a negative dimension", '{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}', "'shape.0'"],
    ["a missing offset", '{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}', "'data_offsets.1'"],
    ["metadata that are not strings", '{"__metadata__":{"step":1}}', "its metadata"],
    [
      "a size that does not match the shape",
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}',
      "takes 8",
    ],
    ["ends before begins", '{"a":{"dtype":"U8","shape":[0],"data_offsets":[4,0]}}', "takes 0"],
    ["a hole", `{"a":${tensor(0, 2)},"b":${tensor(3, 5)}}`, "'b' begins at 3 where 2 is due"],
    ["a hole at the start", `{"a":${tensor(1, 2)}}`, "begins at 1"],
    ["an overlap", `{"a":${tensor(0, 2)},"b":${tensor(1, 3)}}`, "'b' begins at 1"],
    ["a name given twice", `{"a":${tensor(0, 2)},"\\u0061":${tensor(0, 2)}}`, "a name twice"],
    ["a name given twice within a tensor", `{"a":{"dtype":"I8",${tensor(0, 2).slice(1)}}`, "a name twice"],
    ["metadata given twice", '{"__metadata__":{"a":"b","a":"c"}}', "a name twice"],
  ])("refuses %s", (_, json, message) => {
    expect(failure(() => parseSafetensorsHeader(withHeader(json, 8), { file: "x" }))).toMatchObject({
      code: "safetensors-invalid",
      subject: "x",
      message: expect.stringContaining(message),
    });
  });

  it("refuses a header above 100 MB without reading it", () => {
    const prefix = Uint8Array.of(1, 0xe1, 0xf5, 5, 0, 0, 0, 0);
    expect(failure(() => safetensorsDataOffset(prefix))).toMatchObject({ code: "safetensors-invalid" });
  });

  it("compares the data's end with the file's length when that is known", () => {
    const bytes = withHeader(`{"a":${tensor(0, 2)}}`);
    const parse = (extra: number) => () =>
      parseSafetensorsHeader(bytes, { fileLength: bytes.length + extra });
    expect(failure(parse(1))).toMatchObject({ code: "safetensors-truncated" });
    expect(failure(parse(2))).toBeUndefined();
    expect(failure(parse(3))).toMatchObject({ code: "safetensors-invalid" });
    expect(parseSafetensorsHeader(bytes).dataOffset).toBe(bytes.length);
  });

  it("is not misled by braces, colons and quotes inside names", () => {
    const names = ['a":{', "b\\", "c}]", "__proto__", "0"];
    const header = encodeSafetensorsHeader(names.map((name) => ({ name, dtype: "U8", shape: [1] })));
    expect([...parseSafetensorsHeader(header).tensors.keys()]).toEqual(names);
  });

  it("accepts a file without tensors", () => {
    expect(decodeSafetensors(encodeSafetensors([])).tensors.size).toBe(0);
  });
});
