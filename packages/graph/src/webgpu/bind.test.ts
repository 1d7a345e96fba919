import { describe, expect, it } from "vitest";
import { bind } from "./bind.js";
import { storedTensor } from "./kernel.js";
import { type Place, sideBySide } from "./places.js";

const limits = {
  maxStorageBufferBindingSize: 1024,
  maxStorageBuffersPerShaderStage: 4,
  maxComputeWorkgroupsPerDimension: 10,
};
const tensors = [0, 1, 2, 3, 4].map((id) => storedTensor(id, [64]));
const [a, b, c] = tensors as [(typeof tensors)[0], (typeof tensors)[0], (typeof tensors)[0]];

function bound(item: string, places: ReadonlyMap<number, Place>, items = 64) {
  return bind({ label: "conv1 conv2d", work: { items, item } }, (id) => places.get(id)!, limits);
}

const apart = (...sizes: readonly number[]) =>
  new Map(sizes.flatMap((elements, id) => [...sideBySide(`room ${id}`, [[id, elements] as const])]));

describe("a kernel's bindings", () => {
  it("are what its text loads and stores, for reading where it only loads", () => {
    const { bindings, code } = bound(b.store("i", a.load("i")), apart(64, 64, 64));
    expect(bindings.map(({ room, offset, elements }) => [room.label, offset, elements])).toEqual([
      ["room 0", 0, 64],
      ["room 1", 0, 64],
    ]);
    expect(code).toMatch(/binding\(0\) var<storage, read> .*\n.*binding\(1\) var<storage, read_write>/);
  });

  it("are one for tensors that share a room, as long as from the first to the last", () => {
    const places = sideBySide("room", [
      [9, 64],
      [0, 64],
      [8, 64],
      [1, 64],
      [7, 64],
    ]);
    const { bindings, code } = bound(b.store("i", a.load("i")), places);
    expect(bindings).toEqual([{ room: places.get(0)!.room, offset: 64, elements: 192 }]);
    expect(code).toContain("fn load_0(i: u32) -> f32 { let at = i + 0u;");
    expect(code).toContain("fn store_1(i: u32, value: f32) { let at = i + 128u;");
  });

  it("are several for what is longer than one may be", () => {
    const { bindings } = bound(b.store("i", a.load("i")), apart(600, 64));
    expect(bindings.map(({ offset, elements }) => [offset, elements])).toEqual([
      [0, 256],
      [256, 256],
      [512, 88],
      [0, 64],
    ]);
  });

  it("are refused where a device has not as many", () => {
    const item = b.store("i", tensors.map((tensor) => tensor.load("i")).join(" + "));
    expect(() => bound(item, apart(64, 64, 64, 64, 64))).toThrow(
      expect.objectContaining({
        code: "device-limit",
        message: "The kernel of conv1 conv2d needs 5 bindings, and this device has 4.",
      }),
    );
  });
});

describe("a kernel's text", () => {
  it("is the same for kernels that differ in their tensors alone", () => {
    const first = bound(b.store("i", a.load("i")), apart(64, 64, 64));
    const second = bound(c.store("i", b.load("i")), apart(64, 64, 64));
    expect(second.code).toBe(first.code);
  });
});

describe("workgroups", () => {
  it.each([
    [64, [1, 1]],
    [65, [2, 1]],
    [640, [10, 1]],
    [641, [10, 2]],
    [64 * 25, [10, 3]],
  ])("of %d items fill rows of as many as a dimension may have", (items, workgroups) => {
    expect(bound(a.store("i", "1.0"), apart(64), items).workgroups).toEqual(workgroups);
  });
});
