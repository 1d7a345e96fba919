// The shape that a Reshape means, with the batch where its photos lie in row-major order.
import { type Dimension, joinAxes, type Shape, splitAxis } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import type { NodeContext } from "./context.js";
import { BATCH, batchTimes, type Element, isNumber } from "./value.js";

/**
 * `from` in other lengths, of which one may be −1: what is left. A file that was written for one photo, or for a certain number of
 * them, states that number where the batch stands.
 */
export function reshapeTarget(context: NodeContext, from: Shape, wanted: readonly Element[]): Shape {
  const joins = (): never => context.unsupported("joins the batch with another axis");
  const photos = photosIn(from);
  const lengths = wanted.map((length) =>
    isNumber(length) || (length.plus === 0 && length.photo === 0) ? length : joins(),
  );
  const symbolic = lengths.findIndex((length) => !isNumber(length));
  const open = lengths.indexOf(-1);
  const counts = lengths.map((length) => (isNumber(length) ? length : length.times));
  const rest = sizeOf(photos.known) / sizeOf(counts.filter((length) => length !== -1));
  const target = open >= 0 ? counts.with(open, rest) : counts;
  if (photos.inner === undefined) return symbolic >= 0 ? joins() : target;
  // So many photos a file was written for whose shape states all lengths.
  const stated = open < 0 && symbolic < 0 ? 1 / rest : 1;
  if (!Number.isInteger(stated)) return target;
  const { inner } = photos;
  const places = target.flatMap((length, axis) => {
    const each = inner / sizeOf(target.slice(axis + 1));
    const outer = length / stated / each;
    return Number.isInteger(each) && Number.isInteger(outer) ? [{ axis, outer, each }] : [];
  });
  const alone = places.filter(({ outer, each }) => outer === 1 && each === 1);
  const stays = ({ axis }: { readonly axis: number }) => axis === photos.axis;
  // Channels, which come last, are not joined with photos where another axis may be.
  const joined = places.filter(({ axis }) => open < 0 || axis === open);
  const place =
    symbolic >= 0
      ? places.find(({ axis }) => axis === symbolic)
      : (alone.find(stays) ??
        alone[0] ??
        joined.find((each) => stays(each) && each.axis < target.length - 1) ??
        joined[0]);
  if (place === undefined) return joins();
  return (target as readonly Dimension[]).with(place.axis, joinAxes(place.outer, BATCH, place.each));
}

/** Two axes or more, each of several neighbours of a shape multiplied. */
export const joinedShape = (context: NodeContext, ...groups: readonly Shape[]): Shape =>
  reshapeTarget(
    context,
    groups.flat(),
    groups.map((group) => {
      const { known, inner } = photosIn(group);
      return inner === undefined ? sizeOf(known) : batchTimes(sizeOf(known));
    }),
  );

/** The lengths of a shape that are known, and where its photos lie: on which axis, and how many elements each has in a row. */
function photosIn(shape: Shape) {
  const axis = shape.findIndex((length) => typeof length === "string");
  const joined = axis < 0 ? undefined : splitAxis(shape[axis] as string);
  const known = shape.flatMap((length) =>
    typeof length === "number" ? length : [joined!.outer, joined!.inner],
  );
  const behind = shape.slice(axis + 1).filter((length) => typeof length === "number");
  return { axis, known, inner: joined && joined.inner * sizeOf(behind) };
}
