/** A name as TensorFlow's nodes may have it: what follows a ":" would be the number of an output. */
export const nodeName = (name: string): string =>
  name.replaceAll(/[^\w./>-]/g, "_").replace(/^(?![A-Za-z0-9.])/, ".");

/** Node names for the names of a graph, which may be any text: different ones stay different. */
export class NodeNames {
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    let chosen = nodeName(name);
    while (this.#taken.has(chosen)) chosen += "_";
    this.#taken.add(chosen);
    this.#names.set(name, chosen);
    return chosen;
  }
}
