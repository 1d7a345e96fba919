import { describe, expect, it } from "vitest";
import { lastingPlaces, passingPlaces, SMALL, sideBySide } from "./places.js";

const large = SMALL + 1;

describe("tensors side by side", () => {
  it("begin at multiples of 256 bytes", () => {
    const places = sideBySide("room", [
      ["scalar", 1],
      ["vector", 65],
      ["empty", 0],
      ["last", 2],
    ]);
    const offsets = [...places].map(([name, { offset, elements }]) => [name, offset, elements]);
    expect(offsets).toEqual([
      ["scalar", 0, 1],
      ["vector", 64, 65],
      ["empty", 192, 0],
      ["last", 256, 2],
    ]);
    expect(new Set([...places.values()].map(({ room }) => room)).size).toBe(1);
    expect(places.get("last")!.room.elements).toBe(320);
  });
});

describe("tensors that stay", () => {
  it("share a room where they are small, and have their own where they are not", () => {
    const places = lastingPlaces("weights", [
      ["bias", 10],
      ["kernel", large],
      ["gamma", SMALL],
    ]);
    expect(places.get("bias")!.room).toBe(places.get("gamma")!.room);
    expect(places.get("kernel")!.room).toEqual({ label: "kernel", elements: Math.ceil(large / 64) * 64 });
  });
});

describe("tensors that come and go", () => {
  const roomsOf = (...lifetimes: readonly (readonly [first: number, last: number, elements: number])[]) => {
    const places = passingPlaces(
      lifetimes.map(([first, last, elements], id) => ({ id, first, last, elements })),
    );
    const rooms = lifetimes.map((_, id) => places.get(id)!.room);
    return rooms.map((room) => rooms.indexOf(room));
  };

  it("take a room over from one that nobody needs any more", () => {
    expect(roomsOf([0, 1, large], [1, 2, large], [2, 3, large])).toEqual([0, 1, 0]);
  });

  it("take the smallest that suits, and none twice as large as they are", () => {
    expect(roomsOf([0, 0, 3 * large], [0, 0, 2 * large], [1, 1, large])).toEqual([0, 1, 1]);
    expect(roomsOf([0, 0, 3 * large], [1, 1, large])).toEqual([0, 1]);
  });

  it("take no room that is too small", () => {
    expect(roomsOf([0, 0, large], [1, 1, large + 1])).toEqual([0, 1]);
  });
});
