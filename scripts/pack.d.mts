export const published: ReadonlyMap<string, string>;
export function packAll(out: string): ReadonlyMap<string, string>;
