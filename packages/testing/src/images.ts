/** Photos that tests draw themselves: seeded, of any size, with classes that differ visibly. */

/** 8-bit RGB, interleaved, rows from the top. */
export interface DrawnImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface FlowerOptions {
  /** Petals and their colour: any integer from 0. Default 0. */
  readonly label?: number;
  /** Place, size, turn and background vary with it. Default 1. */
  readonly seed?: number;
  /** Pixels. Default 64. */
  readonly width?: number;
  readonly height?: number;
}

const PETAL_COLOURS = [
  [240, 240, 235],
  [245, 205, 40],
  [205, 30, 60],
  [240, 150, 20],
  [170, 60, 190],
] as const;

/** A flower off the centre before a gradient: no two of its mirrored or turned forms are equal. */
export function drawFlower(options: FlowerOptions = {}): DrawnImage {
  const { label = 0, seed = 1, width = 64, height = 64 } = options;
  const random = seededRandom(seed * 1009 + label);
  const centreX = width * (0.3 + 0.25 * random());
  const centreY = height * (0.35 + 0.2 * random());
  const radius = Math.min(width, height) * (0.25 + 0.1 * random());
  const turn = random() * Math.PI;
  const sky = [60 + 80 * random(), 90 + 80 * random(), 60 + 90 * random()] as const;
  const petals = 4 + label;
  const petal = PETAL_COLOURS[label % PETAL_COLOURS.length]!;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const distance = Math.hypot(x - centreX, y - centreY) / radius;
      const angle = Math.atan2(y - centreY, x - centreX) + turn;
      const edge = 0.65 + 0.35 * Math.cos(petals * angle);
      const shade = 0.6 + (0.3 * x) / width + (0.1 * y) / height;
      for (let channel = 0; channel < 3; channel++) {
        const inside = distance < 0.25 ? [90, 60, 20][channel]! : petal[channel]!;
        data[at + channel] = distance < edge ? inside : sky[channel]! * shade;
      }
    }
  }
  return { data, width, height };
}

/** Six different plain tiles in two columns and three rows, so that every orientation can be recognised. */
export function drawTiles(tile: number): DrawnImage {
  const colours = [
    [220, 40, 40],
    [40, 200, 60],
    [50, 70, 220],
    [230, 220, 50],
    [30, 30, 30],
    [235, 235, 235],
  ];
  const [width, height] = [tile * 2, tile * 3];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      data.set(colours[Math.floor(y / tile) * 2 + Math.floor(x / tile)]!, at);
    }
  }
  return { data, width, height };
}

/** mulberry32: uniform in [0, 1). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
