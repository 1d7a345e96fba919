import { sizeOf } from "@fleuron/model";
import type { Shape } from "../../types.js";
import { indexAlong, stridesOf } from "../indices.js";
import type { Kernel } from "../kernel.js";
import { lanesFor, workgroupTotal } from "../kernels/workgroup-total.js";
import type { Lowering } from "../lowering.js";

/** A sum of fewer elements is one invocation's, a longer one a workgroup's. */
const SHORT = 128;
/** What a workgroup adds at most, where it is not alone. */
const LONG = 16_384;
const MOST_PARTS = 1024;

/** The axes along which is reduced, and the others. */
function divided(shape: Shape<number>, axes: readonly number[]) {
  const strides = stridesOf(shape);
  const all = shape.map((length, axis) => ({ axis, length, stride: strides[axis]! }));
  return {
    along: all.filter(({ axis }) => axes.includes(axis)),
    kept: all.filter(({ axis }) => !axes.includes(axis)),
  };
}

/** Short sums: an invocation each. Long ones: a workgroup each. Very long ones: several workgroups, then their sums. */
export const reduceSum: Lowering<"reduceSum"> = {
  loadsOnce: true,
  kernels({ inputs: [x], outputs: [y], attributes: { axes }, scratch }) {
    const { along, kept } = divided(x.shape, axes);
    const count = sizeOf(along.map(({ length }) => length));
    const sums = sizeOf(y.shape);
    const element = (at: string) => x.load(`base + ${indexAlong(along, at)}`);
    const short = (): Kernel => {
      const item = `
let base = ${indexAlong(kept, "i")};
var sum = 0.0;
for (var e = 0u; e < ${count}u; e++) { sum += ${element("e")}; }
${y.store("i", "sum")}`;
      return { work: { items: sums, item } };
    };
    if (count < SHORT) return [short()];

    const parts = Math.min(Math.ceil(count / LONG), MOST_PARTS);
    const perPart = Math.ceil(count / parts);
    const lanes = lanesFor(perPart);
    const results = parts === 1 ? y : scratch([sums, parts]);
    const invocation = `
let part = group % ${parts}u;
let base = ${indexAlong(kept, `(group / ${parts}u)`)};
var sum = 0.0;
for (var e = part * ${perPart}u + lane; e < min(${count}u, (part + 1u) * ${perPart}u); e += ${lanes}u) { sum += ${element("e")}; }
let all = total(lane, vec2f(sum, 0.0)).x;
if (lane == 0u) { ${results.store("group", "all")} }`;
    const long: Kernel = {
      work: { workgroups: sums * parts, lanes, invocation },
      declarations: workgroupTotal(lanes),
    };
    if (parts === 1) return [long];
    const item = `
var sum = 0.0;
for (var part = 0u; part < ${parts}u; part++) { sum += ${results.load(`i * ${parts}u + part`)}; }
${y.store("i", "sum")}`;
    return [long, { work: { items: sums, item } }];
  },
};

/** An invocation each. */
export const reduceMax: Lowering<"reduceMax"> = {
  loadsOnce: true,
  kernels({ inputs: [x], outputs: [y], attributes: { axes } }) {
    const { along, kept } = divided(x.shape, axes);
    const count = sizeOf(along.map(({ length }) => length));
    const element = (at: string) => x.load(`base + ${indexAlong(along, at)}`);
    const item = `
let base = ${indexAlong(kept, "i")};
var largest = ${element("0u")};
for (var e = 1u; e < ${count}u; e++) { largest = max(largest, ${element("e")}); }
${y.store("i", "largest")}`;
    return [{ work: { items: sizeOf(y.shape), item } }];
  },
};

export const argMax: Lowering<"argMax"> = {
  kernels({ inputs: [x], outputs: [y] }) {
    const [rows, columns] = x.shape;
    const item = `
var best = 0u;
for (var c = 1u; c < ${columns}u; c++) {
  if (${x.load(`i * ${columns}u + c`)} > ${x.load(`i * ${columns}u + best`)}) { best = c; }
}
${y.store("i", "f32(best)")}`;
    return [{ work: { items: rows, item } }];
  },
};
