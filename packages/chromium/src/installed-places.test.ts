import { describe, expect, it } from "vitest";
import { installedPlaces } from "./installed-places.js";

describe("installedPlaces", () => {
  it("looks on Linux in the search path and in /usr/bin, for Chromium before Chrome", () => {
    const places = installedPlaces("linux", { PATH: "/opt/bin" });
    expect(places.slice(0, 2)).toEqual(["/opt/bin/chromium", "/usr/bin/chromium"]);
    expect(places).toContain("/usr/bin/google-chrome");
  });

  it("looks on macOS in the machine's and the user's applications", () => {
    const places = installedPlaces("darwin", { HOME: "/Users/ada" });
    expect(places).toContain("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    expect(places).toContain("/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium");
  });

  it("looks on Windows in the folders that the environment names", () => {
    const places = installedPlaces("win32", { PROGRAMFILES: "C:/Program Files" });
    expect(places[1]).toBe("C:/Program Files/Google/Chrome/Application/chrome.exe");
    expect(installedPlaces("win32", {})).toEqual([]);
  });
});
