// Before the tests: installs the engines that FLEURON_TEST_ENGINES names ("tfjs-node,tfjs-node-gpu"), unless they are
// whole; outside the clone, in the folder in which engines are always installed.
import { install } from "@fleuron/installer";
import { thisMachine } from "@fleuron/machine";
import { installableEngines, lookAtInstallation, tensorflowModule } from "../dist/index.js";

const names = (process.env.FLEURON_TEST_ENGINES ?? "").split(",").filter((name) => name !== "");
for (const name of names) {
  const findings = await lookAtInstallation(installableEngines[name], thisMachine());
  if (findings.every(({ ok }) => ok)) continue;
  let task = "";
  for await (const event of install(tensorflowModule(name).installer)) {
    if (event.type === "warning") process.stderr.write(`${event.message}\n`);
    else if (event.task !== task) process.stderr.write(`${name}: ${event.task}\n`);
    task = event.type === "progress" ? event.task : task;
  }
}
