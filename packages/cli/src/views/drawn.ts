// Says loudly that pictures are drawn: what a network learns from them is no result about photos.
import { percent } from "@fleuron/model";
import type { RunStartEvent } from "@fleuron/trainer";
import type { Colours } from "../terminal/colours.js";

type Dataset = RunStartEvent["dataset"];

/** Nothing for photos. */
export function drawnLines({ name, linearAccuracy }: Dataset, { warning, bold }: Colours): readonly string[] {
  if (name !== "procedural") return [];
  const lines = [
    bold(warning("THESE PICTURES ARE DRAWINGS, NOT PHOTOS: the accuracy says nothing about real photos.")),
  ];
  if (linearAccuracy !== undefined) {
    lines.push(
      `For comparison, a linear model on the pixels has a validation accuracy of ${percent(linearAccuracy)}.`,
    );
  }
  return lines;
}
