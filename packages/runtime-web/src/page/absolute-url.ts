/** What is relative is relative to the page, or in a worker to its script. */
export const absoluteUrl = (url: string | URL): URL =>
  new URL(url, globalThis.document?.baseURI ?? location.href);
