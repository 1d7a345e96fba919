import leven from "leven";

const MAX_DISTANCE = 3;

/** The candidate that was probably meant, if one is near: at most 3 edits and half of its length away. */
export function suggest(given: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => ({ candidate, distance: leven(given, candidate) }));
  const nearest = distances
    .filter(({ candidate, distance }) => distance <= Math.min(MAX_DISTANCE, candidate.length / 2))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest?.candidate;
}

/** `Did you mean 'modern'? Recipes: modern, notebook.`; the question only if something is near. */
export function suggestionHint(given: string, candidates: readonly string[], list: string): string {
  const meant = suggest(given, candidates);
  return `${meant === undefined ? "" : `Did you mean '${meant}'? `}${list}: ${candidates.join(", ")}.`;
}
