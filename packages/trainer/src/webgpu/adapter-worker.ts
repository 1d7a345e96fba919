// Which adapter Dawn finds.
import { answerParent } from "@fleuron/machine";
import { described, type FoundAdapter, findAdapter } from "./dawn.js";
import { installationIn } from "./installation.js";

await answerParent(async ({ folder }: { readonly folder: string }): Promise<FoundAdapter | null> => {
  const adapter = await findAdapter(installationIn(folder));
  return adapter === undefined ? null : described(adapter);
});
