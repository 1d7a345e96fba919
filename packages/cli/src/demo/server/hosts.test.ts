import { describe, expect, it } from "vitest";
import { hostOf, isKnownHost, isLoopback } from "./hosts.js";

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

it.each([
  ["localhost", true],
  ["page.localhost", true],
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["::1", true],
  ["127.example.org", false],
  ["192.168.1.7", false],
  ["2001:db8::1", false],
])("%s crosses no network: %s", (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});
