// Operations that move elements without computing.

import { sameShape } from "../../shapes.js";
import { physicalShape, reshapedLayout, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import { alongAxes, asItLies, withLengths } from "../value.js";

/** Memory stays as it is wherever a layout can say so, as for an image that is flattened. */
export const reshape: Lowering<"reshape"> = ({ inputs: [x], attributes: { shape }, emit }) => {
  const { stored } = x;
  const source = asItLies(x, stored);
  const kept = reshapedLayout(source.layout, shape);
  const [name, layout] = kept ? [source.name, kept] : [x.in(rowMajor(x.shape), stored), rowMajor(shape)];
  const same = kept && sameShape(physicalShape(source.layout), physicalShape(kept));
  return [{ name: same ? name : emit.reshape(name, stored, physicalShape(layout)), layout, stored }];
};

/** Axes are renamed and nothing moves; a reader that needs another order asks for it. */
export const transpose: Lowering<"transpose"> = ({ inputs: [x], attributes: { permutation } }) => {
  const { name, layout, stored } = asItLies(x, x.stored);
  const axes = layout.axes.map((axis) => permutation.indexOf(axis));
  return [{ name, layout: { axes, within: permutation.map((axis) => layout.within[axis]!) }, stored }];
};

/** All tensors lie as the first does, and are stored as all of them are, if they are. */
export const concat: Lowering<"concat"> = ({ inputs, attributes: { axis }, outputs: [{ shape }], emit }) => {
  const [first] = inputs;
  const { layout } = alongAxes(first!, [axis]);
  const stored = inputs.every((input) => input.stored === first!.stored) ? first!.stored : first!.dtype;
  const names = inputs.map((input) => input.in(withLengths(layout, [axis], input.shape), stored));
  const name = emit.concat(names, layout.axes.indexOf(axis), stored);
  return [{ name, layout: withLengths(layout, [axis], shape), stored }];
};

export const slice: Lowering<"slice"> = ({
  inputs: [x],
  attributes: { axis, start, end },
  outputs: [{ shape }],
  emit,
}) => {
  const { name, layout, stored } = alongAxes(x, [axis]);
  const begins = emit.ints(layout.axes.map((each) => (each === axis ? start : 0)));
  const lengths = emit.ints(layout.axes.map((each) => (each === axis ? end - start : -1)));
  const attributes = { T: { type: stored }, Index: { type: "int32" } } as const;
  const part = emit.node("Slice", [name, begins, lengths], attributes);
  return [{ name: part, layout: withLengths(layout, [axis], shape), stored }];
};

export const pad: Lowering<"pad"> = ({
  inputs: [x],
  attributes: { before, after, value },
  outputs: [{ shape }],
  emit,
}) => {
  const axes = before.flatMap((count, axis) => (count > 0 || after[axis]! > 0 ? [axis] : []));
  const { name, layout, stored } = alongAxes(x, axes);
  const pads = layout.axes.flatMap((axis) => [before[axis]!, after[axis]!]);
  const filling = emit.cast(emit.scalar(value), "float32", stored);
  const attributes = { T: { type: stored }, Tpaddings: { type: "int32" } } as const;
  const padded = emit.node("PadV2", [name, emit.ints(pads, [pads.length / 2, 2]), filling], attributes);
  return [{ name: padded, layout: withLengths(layout, axes, shape), stored }];
};

export const broadcastLike: Lowering<"broadcastLike"> = ({ inputs: [x, like], emit }) => {
  const single = x.shape.every((dimension) => dimension === 1);
  const target = single
    ? asItLies(like, like.stored)
    : { name: like.in(rowMajor(like.shape), like.stored), layout: rowMajor(like.shape) };
  const shape = emit.shapeOf(target.name, like.stored);
  const attributes = { T: { type: x.dtype }, Tidx: { type: "int32" } } as const;
  const name = emit.node("BroadcastTo", [x.in(rowMajor(x.shape)), shape], attributes);
  return [{ name, layout: target.layout }];
};

export const cast: Lowering<"cast"> = ({ inputs: [x], attributes: { dtype }, emit }) => {
  const { name, layout } = asItLies(x);
  if (x.dtype === dtype) return [{ name, layout }];
  return [{ name: emit.node("Cast", [name], { SrcT: { type: x.dtype }, DstT: { type: dtype } }), layout }];
};
