// The order of kernels. Small ones wait until nothing else can go on, and then run together as one.
import { accessesOf, type Kernel, type LabelledKernel, type TensorId } from "./kernel.js";
import { workgroupTotal } from "./kernels/workgroup-total.js";
import { SMALL } from "./places.js";

/** Invocations of the one workgroup that does many small kernels. */
export const ISLAND_LANES = 64;

interface Task {
  readonly kernel: LabelledKernel;
  readonly loads: ReadonlySet<TensorId>;
  readonly stores: ReadonlySet<TensorId>;
  readonly isSmall: boolean;
}

/**
 * The same kernels, fewer of them, in an order in which they can run.
 * @param oldValues by new values of variables: what may lie where these are stored.
 */
export function schedule(
  kernels: readonly LabelledKernel[],
  elements: ReadonlyMap<TensorId, number>,
  oldValues: ReadonlyMap<TensorId, TensorId>,
): readonly LabelledKernel[] {
  const waiting = new Set(
    kernels.map((kernel): Task => {
      const { loads, stores } = accessesOf(kernel);
      const touched = [...loads, ...stores];
      const isSmall = fitsIsland(kernel) && touched.every((id) => elements.get(id)! <= SMALL);
      return { kernel, loads, stores, isSmall };
    }),
  );
  /** How many kernels are still to store a part of each tensor. */
  const missing = new Map<TensorId, number>();
  for (const { stores } of waiting) for (const id of stores) missing.set(id, (missing.get(id) ?? 0) + 1);
  const isReady = ({ loads }: Task) => [...loads].every((id) => !missing.get(id));
  const take = (task: Task) => {
    waiting.delete(task);
    for (const id of task.stores) missing.set(id, missing.get(id)! - 1);
    return task;
  };
  const order: LabelledKernel[] = [];
  while (waiting.size > 0) {
    const large = [...waiting].find((task) => !task.isSmall && isReady(task));
    if (large !== undefined) {
      order.push(take(large).kernel);
      continue;
    }
    const island: Task[] = [];
    for (let next = nextReady(); next !== undefined; next = nextReady()) island.push(take(next));
    order.push(island.length === 1 ? island[0]!.kernel : together(island, oldValues));
  }
  return order;

  function nextReady() {
    return [...waiting].find((task) => task.isSmall && isReady(task));
  }
}

/** Functions of several kernels would have one name; sums over a workgroup have one text. */
function fitsIsland({ work, declarations = "" }: Kernel): boolean {
  return "items" in work
    ? declarations === ""
    : work.lanes === ISLAND_LANES && declarations === workgroupTotal(ISLAND_LANES);
}

/**
 * Kernels one after another in one workgroup, which waits where one loads what another has stored, or stores where another
 * has loaded: an invocation need not do the same elements in both.
 */
function together(tasks: readonly Task[], oldValues: ReadonlyMap<TensorId, TensorId>): LabelledKernel {
  const [stored, loaded] = [new Set<TensorId>(), new Set<TensorId>()];
  const declarations = new Set<string>();
  let invocation = "";
  for (const { kernel, loads, stores } of tasks) {
    const loadsStored = [...loads].some((id) => stored.has(id));
    if (loadsStored || [...stores].some((id) => loaded.has(oldValues.get(id) ?? id))) {
      invocation += "storageBarrier();\n";
      stored.clear();
      loaded.clear();
    }
    const { work } = kernel;
    declarations.add(kernel.declarations ?? "");
    invocation +=
      "items" in work
        ? `for (var i = lane; i < ${work.items}u; i += ${ISLAND_LANES}u) {\n${work.item}\n}\n`
        : `for (var group = 0u; group < ${work.workgroups}u; group++) {\n${work.invocation}\n}\n`;
    for (const id of stores) stored.add(id);
    for (const id of loads) loaded.add(id);
  }
  return {
    label: `${tasks.length} small kernels`,
    work: { workgroups: 1, lanes: ISLAND_LANES, invocation },
    declarations: [...declarations].join(""),
  };
}
