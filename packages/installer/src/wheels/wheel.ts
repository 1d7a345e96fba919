// A wheel on PyPI that libraries are taken from, by hash; nothing of Python is used.
import type { RemoteFile } from "@fleuron/download";

export interface LibraryWheel {
  readonly project: string;
  readonly version: string;
  readonly file: RemoteFile & { readonly name: string };
}

/** @param tags of its file's name: Python, its interface, the system. `place` is its folder among PyPI's packages. */
export function libraryWheel(
  project: string,
  version: string,
  tags: string,
  { place, ...file }: { readonly bytes: number; readonly sha256: string; readonly place: string },
): LibraryWheel {
  const name = `${project.replaceAll("-", "_")}-${version}-${tags}.whl`;
  const urls = [`https://files.pythonhosted.org/packages/${place}/${name}`];
  return { project, version, file: { name, urls, ...file } };
}
