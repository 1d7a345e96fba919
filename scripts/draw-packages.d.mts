export interface DrawnPackage {
  readonly folder: string;
  readonly where: "anywhere" | "browser" | "Node";
  readonly imports: readonly string[];
}
export function readPackages(): ReadonlyMap<string, DrawnPackage>;
export function inOrder(packages: ReadonlyMap<string, DrawnPackage>): readonly string[];
export function linesOf(one: Pick<DrawnPackage, "folder">): number;
export function withDrawing(text: string): string;
