// Under which names the page is served. A stranger's page can point its own name at this machine and would then be
// of the same origin as ours (DNS rebinding); it has no power over addresses and over loopback names.
import { isIPv4, isIPv6 } from "node:net";

/** The host of a `Host` header or of an address, in lower case, without its port; undefined for what is none. */
export function hostOf(authority: string): string | undefined {
  const [, bracketed, name] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d*)?$/i.exec(authority) ?? [];
  if (bracketed !== undefined) return isIPv6(bracketed) ? bracketed.toLowerCase() : undefined;
  return name?.toLowerCase().replace(/\.$/, "");
}

/** Whether a host, in lower case, is this machine to itself: the bytes cross no network. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" ||
  host.endsWith(".localhost") ||
  host === "::1" ||
  (isIPv4(host) && host.startsWith("127."));

/** @param names in lower case, beside those of this machine and IP addresses. */
export const isKnownHost = (host: string, names: ReadonlySet<string>): boolean =>
  isLoopback(host) || isIPv4(host) || isIPv6(host) || names.has(host);
