// Where an installed engine lies.
import path from "node:path";
import { enginesFolder } from "@fleuron/machine";

/** @param engines the folder that engines lie in, where it is not the usual one. */
export const engineFolder = (name: string, engines?: string): string =>
  path.join(enginesFolder(engines), name);

/** The file that is written last: it says that the rest is there. */
export const markerIn = (folder: string): string => path.join(folder, "fleuron-engine.json");

/** As hints name it. */
export const installCommand = (name: string): string => `\`installEngine\` ${name}`;
