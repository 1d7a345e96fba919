import { randomUUID } from "node:crypto";

/**
 * Where a file or folder is made before it takes its place beside. Random: processes of several containers that share a folder
 * may have one number.
 */
export const temporaryBeside = (path: string): string => `${path}.tmp-${randomUUID().slice(0, 8)}`;

/** Whether a name, or a path, is one of {@link temporaryBeside}: what a killed process left. */
export const isTemporary = (name: string): boolean => /\.tmp-[0-9a-f]{8}$/.test(name);
