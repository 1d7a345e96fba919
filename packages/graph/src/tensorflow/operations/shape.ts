// Operations that move elements without computing.

import { sameShape } from "../../shapes.js";
import { physicalShape, reshapedLayout, rowMajor } from "../layout.js";
import type { Lowering } from "../lowering.js";
import { asItLies } from "../value.js";

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
