// Variables of integers: two more variables say what they are multiplied with.
import { sizeOf } from "@fleuron/model";
import type { Graph, GraphVariable, TensorType, ValueId } from "../types.js";

/** Seen as a matrix whose rows are the first axis, value[i, j] = integer[i, j] × rows[i] × columns[j]. */
export interface Scale {
  readonly rows: ValueId;
  readonly columns: ValueId;
  /** How many columns there are. */
  readonly width: number;
}

export interface ScaledGraph {
  readonly graph: Graph<number>;
  /** By the value of the integers. */
  readonly scales: ReadonlyMap<ValueId, Scale>;
}

/** The graph with the variables `NAME/rows` and `NAME/columns` for each variable NAME that holds integers. */
export function withScales(graph: Graph<number>, isInteger: (name: string) => boolean): ScaledGraph {
  const types: TensorType<number>[] = [...graph.types];
  const variables: GraphVariable[] = [...graph.variables];
  const add = (name: string, length: number): ValueId => {
    variables.push({ name, value: types.length });
    return types.push({ dtype: "float32", shape: [length] }) - 1;
  };
  const scales = new Map<ValueId, Scale>();
  for (const { name, value } of graph.variables) {
    if (!isInteger(name)) continue;
    const [height, ...rest] = types[value]!.shape;
    const width = sizeOf(rest);
    scales.set(value, { rows: add(`${name}/rows`, height!), columns: add(`${name}/columns`, width), width });
  }
  return { graph: { ...graph, types, variables }, scales };
}

/** The element of a tensor at an index: of integers with what they are multiplied with. */
export function loadScaled(scales: ReadonlyMap<ValueId, Scale>, id: ValueId, index: string): string {
  const scale = scales.get(id);
  if (scale === undefined) return `load_${id}(${index})`;
  const { rows, columns, width } = scale;
  const at = `(${index})`;
  return `(load_${id}(${index}) * load_${rows}(${at} / ${width}u) * load_${columns}(${at} % ${width}u))`;
}
