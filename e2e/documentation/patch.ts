/**
 * A text with the hunks of a diff applied, `@@` between them; each has to fit in exactly one place.
 * @throws Error with the hunk that does not.
 */
export function patched(source: string, diff: readonly string[]): string {
  const hunks = diff.join("\n").split("\n@@\n");
  return hunks.reduce((text, hunk) => {
    const side = (mark: "-" | "+") =>
      hunk
        .split("\n")
        .filter((line) => line.startsWith(mark) || line.startsWith(" "))
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    const [before, after, ...more] = `\n${text}`.split(`\n${side("-")}`);
    if (after === undefined || more.length > 0) throw new Error(`There is no one place for\n${hunk}`);
    return `${before}\n${side("+")}${after}`.slice(1);
  }, source);
}
