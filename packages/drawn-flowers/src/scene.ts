/** Whole pictures: a background, some flowers of one kind, what grows before them, and the camera. */
import { type RandomStream, type RgbImage, randomStream } from "@fleuron/model";
import { drawBackground } from "./background.js";
import { photograph } from "./camera.js";
import { type FlowerKind, flowers } from "./flowers/index.js";
import { drawBlade, drawLeaf, drawStem } from "./greenery.js";
import { petalColour, pick, varied } from "./palette.js";
import { IDENTITY, moved, scaled, turned } from "./raster/affine.js";
import { blur } from "./raster/blur.js";
import { Canvas, type Colour } from "./raster/canvas.js";

export type DrawnLabel = keyof typeof flowers;

/** Sorted by code unit, as labels are. */
export const drawnLabels = Object.keys(flowers).sort() as readonly DrawnLabel[];

export interface DrawnFlowerOptions {
  readonly label: DrawnLabel;
  /** Any safe integer. */
  readonly seed: number;
  /** Which picture of the seed's: 0, 1, 2, … */
  readonly index: number;
}

/** Pixels; about as many each. */
const SIZES = [
  [320, 240],
  [240, 320],
  [272, 272],
] as const;

/**
 * A picture of one kind of flower, the same for the same options on every machine up to the rounding of
 * sines. Kinds differ by their structure; colours, backgrounds, light and places are shared.
 */
export function drawFlowerPicture({ label, seed, index }: DrawnFlowerOptions): RgbImage {
  const random = randomStream(seed, "draw", drawnLabels.indexOf(label), index);
  const [width, height] = pick(random, SIZES);
  const kind: FlowerKind = flowers[label];
  const light = random.uniformIn(-Math.PI, 0);
  const colour = petalColour(random, kind.colours);
  const others = random.uniform() < 0.45 ? 1 + random.integer(3) : 0;
  const outOfFocus = random.uniform() < 0.6;

  // What is out of focus needs half of the resolution only.
  const far = new Canvas(width / 2, height / 2);
  drawBackground(far, random);
  const drawOthers = (canvas: Canvas) => {
    for (let other = 0; other < others; other++) {
      const own = random.uniform() < 0.6 ? varied(random, colour, 0.04) : petalColour(random, kind.colours);
      const place = [random.uniformIn(0.02, 0.98), random.uniformIn(0.08, 0.9)] as const;
      drawOne(canvas, random, { kind, colour: own, light, place, radius: random.uniformIn(0.1, 0.2) });
    }
  };
  if (outOfFocus) drawOthers(far);
  blur(far, (random.uniform() * width) / 90);

  const canvas = new Canvas(width, height);
  canvas.enlarge(far);
  if (!outOfFocus) drawOthers(canvas);
  const place = [random.uniformIn(0.3, 0.7), random.uniformIn(0.32, 0.66)] as const;
  drawOne(canvas, random, { kind, colour, light, place, radius: random.uniformIn(0.25, 0.44) });
  if (random.uniform() < 0.4) drawForeground(canvas, random);
  photograph(canvas, random);
  return canvas.toImage();
}

interface Placed {
  readonly kind: FlowerKind;
  readonly colour: Colour;
  readonly light: number;
  /** Shares of the picture's width and height. */
  readonly place: readonly [x: number, y: number];
  /** As a share of the picture's shorter side. */
  readonly radius: number;
}

function drawOne(canvas: Canvas, random: RandomStream, placed: Placed): void {
  const { kind, colour, light, place } = placed;
  const radius = placed.radius * Math.min(canvas.width, canvas.height);
  const centre = moved(IDENTITY, place[0] * canvas.width, place[1] * canvas.height);
  const upright = turned(centre, random.uniformIn(-0.35, 0.35));
  if (kind.view === "side") {
    // The cup's foot, not its middle, stands on the stem.
    drawStem(canvas, random, moved(upright, 0, radius * 0.78), radius, 2 + random.integer(2));
    kind.draw({ canvas, random, colour, light, frame: scaled(upright, radius * 0.8) });
    return;
  }
  drawStem(canvas, random, upright, radius, random.integer(3));
  // It leans back in some direction: narrower there.
  const lean = random.uniformIn(0, Math.PI);
  const leaning = scaled(turned(upright, lean), radius, radius * random.uniformIn(0.68, 1));
  kind.draw({ canvas, random, colour, light, frame: turned(leaning, -lean) });
}

/** A blade or a leaf between the flower and the camera. */
function drawForeground(canvas: Canvas, random: RandomStream): void {
  const { width, height } = canvas;
  for (let i = 1 + random.integer(2); i-- > 0; ) {
    if (random.uniform() < 0.6) {
      drawBlade(canvas, random, random.uniform() * width, height * 1.05, random.uniformIn(0.5, 1.1) * height);
    } else {
      const edge = moved(IDENTITY, random.integer(2) * width, random.uniformIn(0.2, 1) * height);
      const inwards = edge.e === 0 ? 0 : Math.PI;
      drawLeaf(
        canvas,
        random,
        turned(edge, inwards + random.uniformIn(-0.6, 0.6)),
        random.uniformIn(0.2, 0.45) * width,
      );
    }
  }
}
