// The machine as far as engines ask about it, as plain data; tests hand in broken ones.

export interface Platform {
  readonly system: string;
  readonly arch: string;
  /** "2.36"; undefined where the C library is another one. */
  readonly glibc: string | undefined;
}

export interface Surroundings {
  readonly platform: Platform;
  /** `ID` and `ID_LIKE` of os-release(5): "debian", "fedora". */
  readonly distribution: readonly string[];
  readonly node: { readonly version: string; readonly nodeApi: number };
  /** As in the environment variable PATH. */
  readonly searchPath: string;
  /** Folders in which the system looks for libraries. */
  readonly libraryFolders: readonly string[];
  /** The environment variable CUDA_VISIBLE_DEVICES. */
  readonly visibleGpus?: string | undefined;
  /** Where engines are installed. */
  readonly engines: string;
  readonly processor: {
    readonly model: string;
    /** As in /proc/cpuinfo: "avx2", "avx512_bf16". Empty where the system does not tell. */
    readonly flags: readonly string[];
  };
}
