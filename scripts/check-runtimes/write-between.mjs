import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const document = fileURLToPath(new URL("../../docs/other-runtimes.md", import.meta.url));

/** Puts a text between the marks of a name in docs/other-runtimes.md. */
export async function writeBetween(name, text) {
  const [before, after] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = await readFile(document, "utf8");
  const [head, tail] = [page.slice(0, page.indexOf(before) + before.length), page.slice(page.indexOf(after))];
  await writeFile(document, `${head}\n\n${text}\n${tail}`);
}
