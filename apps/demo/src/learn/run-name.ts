const MOST_LETTERS = 60;
const conjunction = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** A name for a run of these classes that none of the saved ones has. */
export function runName(labels: readonly string[], taken: readonly string[]): string {
  const [one, two, ...others] = labels;
  const shown = others.length > 1 ? [one!, two!, `${others.length} others`] : labels;
  // A run is a folder: no slashes, and no dots at its ends.
  const words = conjunction.format(shown).replace(/[/\\]/g, "-").replace(/^\.+/, "");
  const name = Array.from(words).slice(0, MOST_LETTERS).join("").trim();
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name} (${number})`;
    if (!taken.includes(numbered)) return numbered;
  }
}
