/** What a table with an entry for each operation has for the one of that name: graphs carry names, and may come from a file. */
export function entryNamed<Entry>(table: { readonly [name: string]: Entry }, name: string): Entry {
  const entry = Object.hasOwn(table, name) ? table[name] : undefined;
  if (entry === undefined) throw new Error(`internal: no operation is named '${name}'`);
  return entry;
}
