import type { Platform } from "@fleuron/training";

export function thisPlatform(): Platform {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return { system: process.platform, arch: process.arch, glibc: report.header?.glibcVersionRuntime };
}
