// How the kernel of a product goes about it.
import type { Product } from "./product.js";

/** Elements of the result that a workgroup computes from factors that it holds in its own memory. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
  /** Steps whose factors it holds at a time. */
  readonly steps: number;
  /** Elements of an invocation, down and across: multiples of four. */
  readonly down: number;
  readonly across: number;
}

/**
 * Blocks: an invocation computes some elements straight from memory, without barriers, which software adapters are slow at.
 * Tiles: for GPUs.
 */
export type ProductForm = "blocks" | Tile;

/** What a form is chosen by. */
export type ProductSize = Pick<
  Product,
  "groups" | "rows" | "columns" | "steps" | "leftBeside" | "rightBeside"
>;

/** Tiles that fit the limits that every device has, by their names. */
export const tiles = {
  "32x64": { rows: 32, columns: 64, steps: 16, down: 4, across: 4 },
  "64x64, 4x4": { rows: 64, columns: 64, steps: 16, down: 4, across: 4 },
  "64x64": { rows: 64, columns: 64, steps: 16, down: 8, across: 4 },
  "128x64, 8x4": { rows: 128, columns: 64, steps: 16, down: 8, across: 4 },
  "128x64": { rows: 128, columns: 64, steps: 8, down: 8, across: 8 },
  "128x128": { rows: 128, columns: 128, steps: 8, down: 8, across: 8 },
} as const satisfies { readonly [name: string]: Tile };

export type TileName = keyof typeof tiles;

/** Rows or columns below which most of a tile would be empty. */
const NARROW = 16;

export const isNarrow = ({ rows, columns }: ProductSize): boolean => Math.min(rows, columns) < NARROW;

/** The form for a GPU on which nothing was measured. */
export const unmeasuredForm = (size: ProductSize): ProductForm =>
  isNarrow(size) ? "blocks" : tiles[size.rows <= 32 ? "32x64" : "64x64"];
