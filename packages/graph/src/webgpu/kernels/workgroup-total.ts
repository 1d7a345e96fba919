// A sum over the invocations of a workgroup.

/** As many invocations as so many elements keep busy. */
export const lanesFor = (elements: number): number => (elements >= 2048 ? 256 : 64);

/**
 * `total(lane, value)`: the sum of a vector over a workgroup, in every invocation, always added in one order. Two barriers,
 * since software adapters are slow at them.
 */
export const workgroupTotal = (lanes: number): string => `
var<workgroup> each: array<vec2f, ${lanes}>;
var<workgroup> some: array<vec2f, 16>;
fn total(lane: u32, value: vec2f) -> vec2f {
  each[lane] = value;
  workgroupBarrier();
  if (lane < 16u) {
    var sum = vec2f();
    for (var other = lane; other < ${lanes}u; other += 16u) { sum += each[other]; }
    some[lane] = sum;
  }
  workgroupBarrier();
  var sum = vec2f();
  for (var other = 0u; other < 16u; other++) { sum += some[other]; }
  return sum;
}
`;
