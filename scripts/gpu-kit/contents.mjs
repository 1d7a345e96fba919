// What the kit holds, gathered in a folder.
import { execFileSync } from "node:child_process";
import { chmod, copyFile, cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** The Vulkan loader, and what NVIDIA's driver opens beside it. */
const DEBIAN_PACKAGES = ["libvulkan1", "libglvnd0", "libglx0", "libegl1"];

/** The Node that runs this. */
export async function addNode(kit) {
  await mkdir(path.join(kit, "bin"), { recursive: true });
  await copyFile(process.execPath, path.join(kit, "bin/node"));
  await chmod(path.join(kit, "bin/node"), 0o755);
}

/** The built trainer with all that it imports, without what other systems, CUDA and debuggers would load. */
export async function addProject(kit) {
  const to = path.join(kit, "fleuron");
  run("pnpm", [
    ...["--filter", "@fleuron/trainer", "deploy"],
    ...["--prod", "--legacy", "--config.node-linker=hoisted", to],
  ]);
  const onnxruntime = path.join(to, "node_modules/onnxruntime-node/bin");
  for (const version of await readdir(onnxruntime)) {
    for (const system of await readdir(path.join(onnxruntime, version))) {
      if (system !== "linux") await rm(path.join(onnxruntime, version, system), { recursive: true });
    }
    await rm(path.join(onnxruntime, version, "linux/arm64"), { recursive: true, force: true });
  }
  for (const file of await readdir(to, { recursive: true })) {
    if (file.endsWith(".map")) await rm(path.join(to, file));
  }
  await cp(path.join(here, "machine"), path.join(to, "gpu-kit"), { recursive: true });
  await cp(path.join(root, "bench/peers"), path.join(to, "gpu-kit/peers"), { recursive: true });
}

/** Dawn, as `fleuron engine install webgpu` leaves it. */
export async function addDawn(kit) {
  const folder = path.join(kit, "engines/webgpu");
  const from = path.dirname(createRequire(pathOf("packages/testing/package.json")).resolve("webgpu"));
  const to = path.join(folder, "node_modules/webgpu");
  await mkdir(path.join(to, "dist"), { recursive: true });
  for (const file of ["index.js", "package.json"]) await copyFile(path.join(from, file), path.join(to, file));
  await cp(path.join(from, "dist/linux-x64"), path.join(to, "dist/linux-x64"), { recursive: true });
  const { version } = JSON.parse(await readFile(path.join(from, "package.json"), "utf8"));
  const { writeEngineMarker } = await import(pathOf("packages/installer/dist/index.js"));
  await writeEngineMarker(path.join(folder, "fleuron-engine.json"), {
    formatVersion: 1,
    engine: "webgpu",
    installed: new Date().toISOString(),
    versions: { webgpu: version },
    source: "scripts/gpu-kit",
    libraries: {},
    cuda: {},
    triedOn: "processor",
  });
}

/** The Vulkan loader, from Debian. */
export async function addVulkan(kit) {
  const unpacked = path.join(kit, "debian");
  await mkdir(unpacked, { recursive: true });
  run("apt-get", ["-qq", "-o", "APT::Sandbox::User=root", "download", ...DEBIAN_PACKAGES], unpacked);
  for (const file of await readdir(unpacked)) run("dpkg", ["-x", file, "."], unpacked);
  await mkdir(path.join(kit, "lib"), { recursive: true });
  const libraries = path.join(unpacked, "usr/lib/x86_64-linux-gnu");
  for (const file of await readdir(libraries)) {
    // What a name stands for is copied under that name, so that no link is left.
    if (/\.so\.\d+$/.test(file)) await copyFile(path.join(libraries, file), path.join(kit, "lib", file));
  }
  await rm(unpacked, { recursive: true });
}

const pathOf = (file) => new URL(`../../${file}`, import.meta.url).href;

function run(program, args, cwd = root) {
  try {
    execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  } catch (error) {
    const why =
      error.code === "ENOENT" ? `there is no ${program} on PATH` : error.stderr?.trim() || error.message;
    throw new Error(`'${program} ${args.slice(0, 6).join(" ")} …' failed: ${why}`);
  }
}
