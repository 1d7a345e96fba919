import { Tinypool } from "tinypool";

/** Threads that run the default export of a module. They wait in their event loops: in Deno one that sleeps is not woken. */
export const threadPool = (module: URL, threads: number): Tinypool =>
  new Tinypool({ filename: module.href, minThreads: threads, maxThreads: threads, useAtomics: false });
