/** A class as the page has it before it is trained: a name and photos. */
export interface PhotoClass {
  readonly name: string;
  readonly photos: readonly File[];
}
