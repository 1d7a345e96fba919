import { sizeOf } from "@fleuron/model";
import { sourcesOf } from "../../operations/gathered-places.js";
import type { Lowering } from "../lowering.js";

export const gather: Lowering<"gather"> = {
  kernels({ inputs: [x], outputs: [y], attributes: { indices, axis }, constant }) {
    const inner = sizeOf(x.shape.slice(axis + 1));
    const places = constant(indices);
    const item = `
let outer = i / ${inner * indices.length}u;
let picked = u32(${places.load(`i / ${inner}u % ${indices.length}u`)});
let place = (outer * ${x.shape[axis]}u + picked) * ${inner}u + i % ${inner}u;
${y.store("i", x.load("place"))}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};

/** Each element gathers what is added to it, in the order of the indices. */
export const scatterAdd: Lowering<"scatterAdd"> = {
  kernels({ inputs: [x], outputs: [y], attributes, constant }) {
    const { indices, axis, length } = attributes;
    const inner = sizeOf(y.shape.slice(axis + 1));
    const sources = sourcesOf(attributes);
    const ends = [0];
    for (const { length: count } of sources) ends.push(ends.at(-1)! + count);
    const [bounds, order] = [constant(ends), constant(sources.flat())];
    const item = `
let outer = i / ${inner * length}u;
let goal = i / ${inner}u % ${length}u;
let end = u32(${bounds.load("goal + 1u")});
var sum = 0.0;
for (var each = u32(${bounds.load("goal")}); each < end; each++) {
  let place = (outer * ${indices.length}u + u32(${order.load("each")})) * ${inner}u + i % ${inner}u;
  sum += ${x.load("place")};
}
${y.store("i", "sum")}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};
