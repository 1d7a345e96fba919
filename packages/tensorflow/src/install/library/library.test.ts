import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { follow, zipOf } from "@fleuron/testing";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { elf, type FakeMachine, fakeMachine } from "../../fixtures/broken-machine.js";
import { placeCuda } from "./place-cuda.js";
import { placeLibrary } from "./place-library.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine({ installed: false });
});
afterEach(() => machine[Symbol.asyncDispose]());

const place = async (file: string, signal?: AbortSignal) =>
  (await follow(placeLibrary(file, machine.installation, signal))).result;

const HEADERS = {
  "tensorflow/c/c_api.h": "c",
  "tensorflow/c/eager/c_api.h": "eager",
  "tsl/platform/ctstring.h": "s",
};
const [CC, FRAMEWORK] = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** A wheel with files that are needed, and some that are not. */
const wheelOf = (changes: Readonly<Record<string, Uint8Array | string>> = {}) => {
  const headers = Object.entries(HEADERS).map(([name, text]) => [`tensorflow/include/${name}`, text]);
  return zipOf({
    "tensorflow/__init__.py": "print()",
    "tensorflow/include/google/protobuf/any.h": "no",
    ...Object.fromEntries(headers),
    [`tensorflow/${CC}`]: elf(),
    [`tensorflow/${FRAMEWORK}`]: elf(),
    ...changes,
  });
};

async function wheelFile(bytes: Uint8Array): Promise<string> {
  const file = machine.path("tensorflow.whl");
  await writeFile(file, bytes);
  return file;
}

/** A C archive's folders. */
async function unpackedArchive(): Promise<string> {
  const root = machine.path("archive");
  for (const [name, text] of Object.entries(HEADERS))
    await machine.file(path.join(root, "include", name), text);
  await machine.file(path.join(root, "lib/libtensorflow.so.2.18.0"), elf());
  await machine.file(path.join(root, "lib", `${FRAMEWORK}.18.0`), elf());
  await symlink("libtensorflow.so.2.18.0", path.join(root, "lib/libtensorflow.so.2"));
  await symlink(`${FRAMEWORK}.18.0`, path.join(root, "lib", FRAMEWORK));
  return root;
}

async function expectHeaders(): Promise<void> {
  for (const [name, text] of Object.entries(HEADERS)) {
    expect(await readFile(path.join(machine.installation.include, name), "utf8")).toBe(text);
  }
}

describe("libtensorflow", () => {
  it("comes out of a wheel, with its headers and nothing else", async () => {
    const libraries = await place(await wheelFile(wheelOf()));
    const sha256 = createHash("sha256").update(elf()).digest("hex");
    expect(libraries).toEqual({ [CC]: { bytes: 64, sha256 }, [FRAMEWORK]: { bytes: 64, sha256 } });
    await expectHeaders();
    const files = await readdir(machine.installation.npmPackage, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toHaveLength(5);
  });

  it.each(["folder", "archive"])("comes out of a C archive's %s, links and all", async (form) => {
    const root = await unpackedArchive();
    const file = machine.path("libtensorflow.tar.gz");
    await create({ file, cwd: root, gzip: true }, ["./include", "./lib"]);
    const libraries = await place(form === "folder" ? root : file);
    expect(Object.keys(libraries)).toEqual(["libtensorflow.so.2", FRAMEWORK]);
    await expectHeaders();
  });

  it.each<readonly [string, () => Promise<string>, RegExp]>([
    ["a path that leads nowhere", async () => machine.path("none.whl"), /cannot be opened/],
    [
      "a file of another kind",
      async () => {
        await machine.file(machine.path("a.txt"), "");
        return machine.path("a.txt");
      },
      /neither a wheel, nor a tar archive, nor a folder/,
    ],
    ["a wheel that was cut", async () => wheelFile(wheelOf().subarray(0, 900)), /cannot be unpacked/],
    ["another wheel", async () => wheelFile(zipOf({ "numpy/__init__.py": "" })), /no libtensorflow in it/],
    [
      "an empty folder",
      async () => {
        await mkdir(machine.path("empty"));
        return machine.path("empty");
      },
      /no libtensorflow in it/,
    ],
    [
      "a wheel without headers",
      async () => wheelFile(zipOf({ [`tensorflow/${CC}`]: elf(), [`tensorflow/${FRAMEWORK}`]: elf() })),
      /lacks the headers/,
    ],
    [
      "libraries for another processor",
      async () => wheelFile(wheelOf({ [`tensorflow/${CC}`]: elf(183) })),
      /libtensorflow_cc\.so\.2 is a library for arm64; this Node runs on x64/,
    ],
    [
      "libraries that are none",
      async () => wheelFile(wheelOf({ [`tensorflow/${CC}`]: "not ELF" })),
      /is no Linux library/,
    ],
  ])("is not %s", async (_, make, message) => {
    await expect(place(await make())).rejects.toMatchObject({
      code: "library-unfit",
      message: expect.stringMatching(message),
    });
  });
});

describe("CUDA", () => {
  /** A wheel of one part, as NVIDIA packs them. */
  const partOf = (part: string, text: string) =>
    zipOf({
      [`nvidia/${part}/__init__.py`]: "",
      [`nvidia/${part}/include/${part}.h`]: "no",
      [`nvidia/${part}/lib/lib${part}.so.12`]: text,
      [`nvidia/${part}/lib/lib${part}_static.a`]: "no",
      [`nvidia/${part}/bin/ptxas`]: "#!/bin/sh",
    });
  const wheelNamed = (name: string) => ({ project: name, version: "12.9", file: remote(name) });
  const remote = (name: string) => ({ name: `${name}.whl`, urls: [], bytes: 1, sha256: "" });

  it("comes along in a folder of wheels, or of a Python's packages, and the rest is fetched", async () => {
    await machine.file(machine.path("wheels/tensorflow-2.21.0-cp311.whl"), wheelOf());
    await machine.file(machine.path("wheels/nvidia_cublas_cu12-12.9.whl"), partOf("cublas", "blas"));
    await machine.file(machine.path("wheels/numpy-2.0.whl"), "not looked at");
    await place(machine.path("wheels"));
    const fetched = partOf("cudnn", "dnn!!");
    const sha256 = createHash("sha256").update(fetched).digest("hex");
    await machine.file(machine.path("downloads/cudnn.whl"), fetched);
    const cuda = {
      cublas: wheelNamed("cublas"),
      cudnn: { ...wheelNamed("cudnn"), file: { ...remote("cudnn"), bytes: fetched.length, sha256 } },
    };
    const downloads = machine.path("downloads");
    const { result } = await follow(placeCuda({ cuda }, machine.installation, { downloads }));
    expect(result).toEqual({
      cublas: { version: null, files: { "bin/ptxas": 9, "lib/libcublas.so.12": 4 } },
      cudnn: { version: "12.9", files: { "bin/ptxas": 9, "lib/libcudnn.so.12": 5 } },
    });
    const program = path.join(machine.installation.cuda, "cudnn/bin/ptxas");
    expect((await stat(program)).mode & 0o111).toBe(0o111);
  });

  it("lies where libtensorflow looks for it: ../nvidia from its own folder", () => {
    const { libraries, cuda } = machine.installation;
    expect(path.join(libraries, "../nvidia")).toBe(cuda);
  });

  it("is not taken from a folder with two TensorFlows", async () => {
    for (const name of ["tensorflow-2.21.0-cp311.whl", "tensorflow_cpu-2.21.0-cp311.whl"])
      await machine.file(machine.path("wheels", name), wheelOf());
    await expect(place(machine.path("wheels"))).rejects.toMatchObject({
      code: "library-unfit",
      message: expect.stringMatching(/more than one wheel of TensorFlow/),
    });
  });
});
