import type { Turns } from "../step/in-turns.js";

/** A place takes the step in all its contenders, so many times after the warm-up. */
export type Place = (options: PlaceOptions) => Promise<Measured>;

export interface PlaceOptions {
  readonly steps: number;
  readonly onProgress?: ((what: string) => void) | undefined;
}

export type Measured =
  | { readonly status: "measured"; readonly adapter: string; readonly turns: readonly Turns[] }
  | { readonly status: "not measured" | "refused" | "failed"; readonly reason: string };
