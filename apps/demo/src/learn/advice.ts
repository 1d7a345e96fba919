// What stands against training on these photos, and what would make the network better.
import { count, counted } from "@fleuron/model";
import type { Beginning } from "./beginning.js";
import type { PhotoClass } from "./photo-class.js";

/** Fewer photos of a class than these are refused. */
const LEAST = 5;
/** Fewer than these are warned of: a head needs less than a whole network. */
const few = { own: 10, file: 10, scratch: 50 } as const satisfies Record<Beginning["from"], number>;
/** How many times the smallest class the largest may be. */
const UNEVEN = 3;

export interface Advice {
  /** Why training cannot begin; undefined where it can. */
  readonly objection: string | undefined;
  readonly warnings: readonly string[];
}

export function adviceOn(classes: readonly PhotoClass[], from: Beginning["from"]): Advice {
  const objection = objectionTo(classes);
  return { objection, warnings: objection === undefined ? warningsOf(classes, from) : [] };
}

function objectionTo(classes: readonly PhotoClass[]): string | undefined {
  const names = classes.map(({ name }) => name);
  const filled = classes.filter(({ photos }) => photos.length > 0);
  if (filled.length < 2) return "There must be photos of at least two classes.";
  if (names.includes("")) return "A class has no name: give it one.";
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `Two classes are called ${twice}: rename one.`;
  const least = smallest(classes);
  if (least.photos.length >= LEAST) return undefined;
  return `${least.name} has ${counted(least.photos.length, "photo")}: add some until there are at least ${LEAST}, or remove the class.`;
}

function warningsOf(classes: readonly PhotoClass[], from: Beginning["from"]): readonly string[] {
  const [least, most] = [smallest(classes), classes.toSorted((one, other) => size(other) - size(one))[0]!];
  const warnings: string[] = [];
  if (size(least) < few[from]) {
    const wanted =
      from === "scratch"
        ? "Ten of each class are a beginning, a hundred are good."
        : "Twenty of each class are good.";
    warnings.push(`${least.name} has only ${counted(size(least), "photo")}. ${wanted}`);
  }
  if (size(most) > UNEVEN * size(least))
    warnings.push(
      `${most.name} has ${count(size(most))} photos and ${least.name} ${count(size(least))}: ` +
        `the network will tend to say ${most.name}. About as many of each class are best.`,
    );
  return warnings;
}

const size = ({ photos }: PhotoClass) => photos.length;
const smallest = (classes: readonly PhotoClass[]): PhotoClass =>
  classes.reduce((least, each) => (size(each) < size(least) ? each : least));
