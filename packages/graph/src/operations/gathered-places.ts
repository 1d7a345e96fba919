export interface GatherAttributes {
  readonly [name: string]: readonly number[] | number;
  readonly indices: readonly number[];
  readonly axis: number;
}

export type ScatterAddAttributes = GatherAttributes & {
  /** How long the axis becomes. */
  readonly length: number;
};

/** For each place of the longer axis the places that are added to it. */
export function sourcesOf({ indices, length }: ScatterAddAttributes): readonly (readonly number[])[] {
  const sources: readonly number[][] = Array.from({ length }, () => []);
  for (const [source, target] of indices.entries()) sources[target]!.push(source);
  return sources;
}
