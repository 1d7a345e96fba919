// Says loudly that pictures are drawn: what a network learns from them is no result about photos.
import { percent } from "@fleuron/model";
import type { RunStartEvent } from "@fleuron/trainer";
import type { Colours } from "../terminal/colours.js";

type Dataset = RunStartEvent["dataset"];

/** Nothing for photos. */
export function drawnLines({ name, linearAccuracy }: Dataset, { warning, bold }: Colours): readonly string[] {
  if (name !== "procedural") return [];
  const lines = [
    bold(
      warning("THESE FLOWERS ARE DRAWN, they are no photos: the accuracy says nothing about real photos."),
    ),
  ];
  if (linearAccuracy !== undefined) {
    lines.push(
      `For comparison, a linear model on their pixels names ${percent(linearAccuracy)} of those held out.`,
    );
  }
  return lines;
}
