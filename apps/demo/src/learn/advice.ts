// What stands against training on these photos, and what would make the network better.
import { count, counted } from "@fleuron/model";
import type { PhotoClass } from "./photo-class.js";

/** Fewer photos of a class than these are refused, and fewer than those are warned of. */
const LEAST = 5;
const FEW = 50;
/** How many times the smallest class the largest may be. */
const UNEVEN = 3;

export interface Advice {
  /** Why training cannot begin; undefined where it can. */
  readonly objection: string | undefined;
  readonly warnings: readonly string[];
}

export function adviceOn(classes: readonly PhotoClass[]): Advice {
  const objection = objectionTo(classes);
  return { objection, warnings: objection === undefined ? warningsOf(classes) : [] };
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

function warningsOf(classes: readonly PhotoClass[]): readonly string[] {
  const [least, most] = [smallest(classes), classes.toSorted((one, other) => size(other) - size(one))[0]!];
  const warnings: string[] = [];
  if (size(least) < FEW)
    warnings.push(
      `${least.name} has only ${counted(size(least), "photo")}. Ten of each class are a beginning, a hundred are good.`,
    );
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
