import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Frees decoded pixels that nothing refers to: V8 lets hundreds of megabytes wait, for they lie outside its heap. */
export async function collectGarbage(): Promise<void> {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  // The decoder's callback, in which this may run, refers to them as well.
  await setImmediate();
  collect();
  // Finalizers have their turn after it.
  await setImmediate();
}
