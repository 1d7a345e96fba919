// An installed engine, part by part: what is there is looked at, nothing is loaded.

import { promises as fs } from "node:fs";
import path from "node:path";
import { damageOf, type EngineMarker, installCommand, readEngineMarker } from "@fleuron/installer";
import { lookAtPrograms } from "@fleuron/machine";
import { parseJson } from "@fleuron/model";
import type { Surroundings } from "@fleuron/training";
import { bad, type Finding, good } from "@fleuron/training";
import * as v from "valibot";
import type { InstallableEngine } from "../install/installable.js";
import { type Installation, installationOf, NODE_API_VERSION } from "../install/installation.js";
import { machineOf } from "../install/machine-code.js";
import { unsupported } from "../install/platform.js";

/** Each part of the engine until the first that is missing. */
export async function lookAtInstallation(
  engine: InstallableEngine,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const why = unsupported(surroundings.platform);
  if (why !== undefined) return [bad("system", why, "The engine auto takes what works here.", "unsupported")];
  const installation = installationOf(engine, surroundings.engines);
  const marker = await readEngineMarker(installation.marker);
  if (marker === undefined) return notInstalled(engine, installation, surroundings);

  const onGpu = engine.device === "gpu";
  const untried = onGpu && marker.triedOn !== "gpu" ? ", not tried on a GPU when it was installed" : "";
  const findings = [good("installed", `${installation.folder}${untried}`)];
  const again = `${installCommand(engine.name)} (it replaces what is there)`;
  const looks = [lookAtPackage, lookAtLibraries, ...(onGpu ? [lookAtCuda] : []), lookAtAddon];
  for (const look of looks) {
    const found = await look({ engine, installation, marker, surroundings, again });
    findings.push(found);
    if (!found.ok) break;
  }
  return findings;
}

interface Looked {
  readonly engine: InstallableEngine;
  readonly installation: Installation;
  readonly marker: EngineMarker;
  readonly surroundings: Surroundings;
  /** The hint for what a new installation puts right. */
  readonly again: string;
}

/** What stands in the way of installing it, or that it can be installed. */
async function notInstalled(
  engine: InstallableEngine,
  { folder }: Installation,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const there = (await fs.stat(folder).catch(() => undefined)) !== undefined;
  const found = there ? `${folder} is not a finished installation` : "no";
  const programs = await lookAtPrograms(surroundings);
  const obstacle = programs.find(({ ok }) => !ok);
  if (obstacle === undefined) return [bad("installed", found, installCommand(engine.name), "not-installed")];
  return [
    bad(
      "installed",
      `${found}, and there is no ${obstacle.what} to install it with`,
      `${obstacle.hint}, then ${installCommand(engine.name)}`,
      "not-installed",
    ),
  ];
}

const packageSchema = v.object({ version: v.string() });

async function lookAtPackage({ engine, installation, again }: Looked): Promise<Finding> {
  const file = path.join(installation.npmPackage, "package.json");
  const parsed = parseJson(packageSchema, await fs.readFile(file, "utf8").catch(() => ""));
  if ("value" in parsed) return good("npm package", `${engine.npmPackage} ${parsed.value.version}`);
  return bad("npm package", `${engine.npmPackage} is not in ${installation.folder}`, again);
}

async function lookAtLibraries({ installation, marker, surroundings, again }: Looked): Promise<Finding> {
  const what = "libtensorflow";
  for (const [name, { bytes }] of Object.entries(marker.libraries)) {
    const file = path.join(installation.libraries, name);
    const found = await fs.stat(file).catch(() => undefined);
    if (found === undefined) return bad(what, `${name} is missing`, again);
    if (found.size !== bytes) return bad(what, `${name} has ${found.size} bytes instead of ${bytes}`, again);
    const machine = await machineOf(file);
    if (machine !== surroundings.platform.arch) {
      return bad(
        what,
        `${name} is for ${machine ?? "no known processor"}, not for ${surroundings.platform.arch}`,
        again,
      );
    }
  }
  return good(what, `${marker.versions.libtensorflow ?? "unknown"}, from ${marker.source}`);
}

async function lookAtCuda({ engine, installation, marker, again }: Looked): Promise<Finding> {
  const what = "CUDA";
  const damage = await damageOf(Object.keys(engine.cuda), installation.cuda, marker);
  if (damage !== undefined) return bad(what, damage, again);
  const versionOf = (part: string) => marker.cuda[part]?.version ?? `from ${marker.source}`;
  return good(what, `libcudart ${versionOf("cuda_runtime")}, libcudnn ${versionOf("cudnn")}`);
}

async function lookAtAddon({ installation, surroundings, again }: Looked): Promise<Finding> {
  const what = "addon";
  const { node, platform } = surroundings;
  const file = path.relative(installation.folder, installation.addon);
  if ((await fs.stat(installation.addon).catch(() => undefined)) === undefined)
    return bad(what, `${file} is missing`, again);
  const machine = await machineOf(installation.addon);
  if (machine !== platform.arch) return bad(what, `${file} is for ${machine ?? "no known processor"}`, again);
  if (node.nodeApi < NODE_API_VERSION) {
    const found = `it needs Node-API ${NODE_API_VERSION}, and Node ${node.version} has ${node.nodeApi}`;
    return bad(what, found, "Install Node 20.19 or newer.");
  }
  return good(what, `Node-API ${NODE_API_VERSION}`);
}
