import { describe, expect, it } from "vitest";
import { hostOf, isKnownHost } from "./hosts.js";

it.each([
  ["localhost:8227", "localhost"],
  ["LocalHost", "localhost"],
  ["localhost.", "localhost"],
  ["127.0.0.1:80", "127.0.0.1"],
  ["[::1]:8227", "::1"],
  ["[2001:DB8::1]", "2001:db8::1"],
  ["flowers.example.org:", "flowers.example.org"],
])("finds the host in %s", (authority, host) => {
  expect(hostOf(authority)).toBe(host);
});

it.each([
  "",
  ":80",
  "::1",
  "[::1",
  "[localhost]",
  "user@localhost",
  "localhost/",
  "localhost:http",
  "a b",
  "ä",
])("finds none in '%s'", (authority) => {
  expect(hostOf(authority)).toBeUndefined();
});

describe("known", () => {
  const names = new Set(["flowers.example.org"]);
  it.each(["localhost", "page.localhost", "127.0.0.1", "192.168.1.7", "::1", "flowers.example.org"])(
    "is %s",
    (host) => {
      expect(isKnownHost(host, names)).toBe(true);
    },
  );
  it.each(["example.org", "www.flowers.example.org", "localhost.example.org", "notlocalhost", "127.1", ""])(
    "is not '%s'",
    (host) => {
      expect(isKnownHost(host, names)).toBe(false);
    },
  );
});
