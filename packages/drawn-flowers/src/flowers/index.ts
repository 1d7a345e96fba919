// The kinds of flowers. To add one: a file here and a line below.
import type { PetalColour } from "../palette.js";
import { DAISY_COLOURS, drawDaisy } from "./daisy.js";
import { DANDELION_COLOURS, drawDandelion } from "./dandelion.js";
import type { FlowerContext } from "./flower.js";
import { drawRose, ROSE_COLOURS } from "./rose.js";
import { drawSunflower, SUNFLOWER_COLOURS } from "./sunflower.js";
import { drawTulip, TULIP_COLOURS } from "./tulip.js";

export interface FlowerKind {
  readonly draw: (context: FlowerContext) => void;
  readonly colours: readonly PetalColour[];
  /** Seen from the front, it may lean back; seen from the side, it stands on its stem. */
  readonly view: "front" | "side";
}

export const flowers = {
  daisy: { draw: drawDaisy, colours: DAISY_COLOURS, view: "front" },
  dandelion: { draw: drawDandelion, colours: DANDELION_COLOURS, view: "front" },
  roses: { draw: drawRose, colours: ROSE_COLOURS, view: "front" },
  sunflowers: { draw: drawSunflower, colours: SUNFLOWER_COLOURS, view: "front" },
  tulips: { draw: drawTulip, colours: TULIP_COLOURS, view: "side" },
} as const satisfies Readonly<Record<string, FlowerKind>>;
