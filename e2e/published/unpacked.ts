// The tarballs as npm would install them, without a network: each with what its package.json names and nothing else.
import { mkdir, readFile, realpath, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { x as extract } from "tar";
import { packAll, published } from "../../scripts/pack.mjs";

export interface PackedManifest {
  readonly name: string;
  readonly dependencies?: { readonly [name: string]: string };
}

/** Packs all packages, and unpacks them into `node_modules` of a folder. */
export async function unpackInto(folder: string): Promise<readonly PackedManifest[]> {
  const tarballs = packAll(join(folder, "tarballs"));
  return Promise.all(
    Array.from(tarballs, async ([name, file]) => {
      const place = join(folder, "node_modules", name);
      await mkdir(place, { recursive: true });
      await extract({ file, cwd: place, strip: 1 });
      const manifest: PackedManifest = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
      for (const dependency of Object.keys(manifest.dependencies ?? {}).filter((each) => !tarballs.has(each)))
        await linkInstalled(dependency, published.get(name)!, place);
      return manifest;
    }),
  );
}

/** Gives a package what the clone has installed for it. */
async function linkInstalled(dependency: string, from: string, to: string): Promise<void> {
  const link = join(to, "node_modules", dependency);
  await mkdir(dirname(link), { recursive: true });
  await symlink(await realpath(join(from, "node_modules", dependency)), link, "junction");
}
