/** Those that `--only` names, or all; ends the process with 2 for one that there is not. `noun`: what they are. */
export function chosenIds(only, all, noun) {
  const known = all.map(({ id }) => id);
  const ids = only?.split(",") ?? known;
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return ids;
  process.stderr.write(`error: There is no ${noun} '${unknown}'.\nhint: Known: ${known.join(", ")}.\n`);
  process.exit(2);
}
