import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { follow, startStaticServer } from "@fleuron/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeMachine, fakeMachine } from "../fixtures/fake-machine.js";
import { fetchWheel } from "./fetch-wheel.js";
import type { LibraryWheel } from "./wheel.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await machine[Symbol.asyncDispose]();
});

async function given(bytes: Uint8Array): Promise<string> {
  await machine.file(machine.path("given.whl"), bytes);
  return machine.path("given.whl");
}

describe("fetching the wheel", () => {
  const bytes = Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 37) % 251));
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
      await pip(await given(bytes));
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
    ["brings another file", async () => pip(await given(Buffer.from("other"))), "wheel-damaged"],
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
