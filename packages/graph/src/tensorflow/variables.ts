// Tensors that stay in TensorFlow between runs. The first signature that reads one decides how it lies.
import { requireSameType } from "../require-same-type.js";
import type { TensorType } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { type Layout, physicalShape, rowMajor } from "./layout.js";
import type { TensorflowNode } from "./node.js";
import { NodeNames } from "./node-names.js";
import { computed, placedByFirstReader, type TensorflowValue } from "./value.js";

interface Variable {
  readonly type: TensorType;
  layout?: Layout;
}

export class TensorflowVariables {
  readonly #variables = new Map<string, Variable>();
  readonly #handles = new NodeNames();

  get names(): readonly string[] {
    return [...this.#variables.keys()];
  }

  /** @throws FleuronError "graph-invalid" for a name that has another type already. */
  declare(name: string, type: TensorType): void {
    const known = this.#variables.get(name)?.type;
    if (known === undefined) this.#variables.set(name, { type });
    else requireSameType(name, known, type);
  }

  type(name: string): TensorType {
    return this.#get(name).type;
  }

  /** How the variable lies; decided by `preferred` (default: row-major) if nothing has before. */
  layout(name: string, preferred?: Layout): Layout {
    const variable = this.#get(name);
    variable.layout ??= preferred ?? rowMajor(variable.type.shape);
    return variable.layout;
  }

  /** The node that stands for the variable. */
  handle(name: string): string {
    return this.#handles.of(name);
  }

  /** The variable's value: always the same node, and so one read. */
  value(name: string, emit: TensorflowEmitter): TensorflowValue {
    const { type, layout } = this.#get(name);
    const read = () => emit.node("ReadVariableOp", [this.handle(name)], { dtype: { type: "float32" } });
    if (layout) return computed(type, { name: read(), layout }, emit);
    return placedByFirstReader(type, emit, (wanted) => {
      this.layout(name, wanted);
      return read();
    });
  }

  /** What stands for the variables. Their values come from `AssignVariableOp`s. */
  handles(): readonly TensorflowNode[] {
    return this.names.map((name) => ({
      name: this.handle(name),
      op: "VarHandleOp",
      inputs: [],
      attributes: {
        dtype: { type: "float32" },
        shape: { shape: physicalShape(this.layout(name)) },
        shared_name: { string: name },
      },
    }));
  }

  #get(name: string): Variable {
    const variable = this.#variables.get(name);
    if (!variable) throw new Error(`internal: no variable is named '${name}'`);
    return variable;
  }
}
