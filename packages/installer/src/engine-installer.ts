import type { WorkEvent } from "@fleuron/model";
import type { EngineModule, Platform } from "@fleuron/training";
import type { EngineContents } from "./engine-marker.js";

export interface FillOptions {
  /** What the user gave to be made from; only where the installer takes such files. */
  readonly from?: string | undefined;
  /** A folder for what is fetched; it stays until an installation succeeds. */
  readonly downloads: string;
  readonly signal?: AbortSignal | undefined;
}

/** What is the engine's own of its installation. */
export interface EngineInstaller {
  readonly name: string;
  /** Disk space that an installation takes while it is made. */
  readonly bytes: number;
  /** Whether it can be made from files of the user's. Absent: it cannot. */
  readonly takesFiles?: true;
  /** Why it cannot be installed there; undefined where it can. */
  unsupported(platform: Platform): string | undefined;
  /** Fetches and builds it in a new folder, and tries it there. */
  fill(folder: string, options: FillOptions): AsyncGenerator<WorkEvent, EngineContents>;
}

/** An engine that a command installs. */
export interface InstalledModule extends EngineModule {
  readonly installer: EngineInstaller;
}
