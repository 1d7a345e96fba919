import type { Surroundings } from "@fleuron/training";
import { bad, type Finding, good } from "@fleuron/training";
import { findCompiler } from "./find-compiler.js";
import { findProgram } from "./program.js";

/** How to install a C++ compiler, by distribution. */
const COMPILER_COMMANDS: readonly (readonly [distribution: string, command: string])[] = [
  ["debian", "sudo apt install g++"],
  ["ubuntu", "sudo apt install g++"],
  ["fedora", "sudo dnf install gcc-c++"],
  ["rhel", "sudo dnf install gcc-c++"],
  ["suse", "sudo zypper install gcc-c++"],
  ["arch", "sudo pacman -S gcc"],
];

/** What installing an engine needs: a compiler and npm. pip only helps, so it is left out. */
export async function lookAtPrograms({
  searchPath,
  distribution,
}: Surroundings): Promise<readonly Finding[]> {
  const compiler = await findCompiler(searchPath);
  const npm = await findProgram(["npm"], searchPath);
  const command = COMPILER_COMMANDS.find(([name]) => distribution.includes(name))?.[1];
  return [
    compiler !== undefined
      ? good("C++ compiler", compiler)
      : bad("C++ compiler", "none of c++, g++ and clang++ is on PATH", command ?? "Install g++ or clang++."),
    npm !== undefined
      ? good("npm", npm)
      : bad("npm", "not on PATH", "npm comes with Node: put the folder of Node's programs on PATH."),
  ];
}
