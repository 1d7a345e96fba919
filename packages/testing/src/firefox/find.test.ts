import { describe, expect, it } from "vitest";
import { firefoxPlaces } from "./find.js";

describe("firefoxPlaces", () => {
  it("looks on Linux in the search path and in /usr/bin, for the long-term release first", () => {
    const places = firefoxPlaces("linux", { PATH: "/opt/bin" });
    expect(places.slice(0, 2)).toEqual(["/opt/bin/firefox-esr", "/usr/bin/firefox-esr"]);
    expect(places).toContain("/opt/bin/firefox");
  });

  it("looks on macOS in the machine's and the user's applications", () => {
    const places = firefoxPlaces("darwin", { HOME: "/Users/ada" });
    expect(places).toEqual([
      "/Applications/Firefox.app/Contents/MacOS/firefox",
      "/Users/ada/Applications/Firefox.app/Contents/MacOS/firefox",
    ]);
  });

  it("looks on Windows in the folders that the environment names", () => {
    const places = firefoxPlaces("win32", { PROGRAMFILES: "C:/Program Files" });
    expect(places).toEqual(["C:/Program Files/Mozilla Firefox/firefox.exe"]);
    expect(firefoxPlaces("win32", {})).toEqual([]);
  });
});
