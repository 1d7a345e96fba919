import { placeText } from "./place-text.js";
import { typeText } from "./shapes.js";
import type { AttributeValue, Graph, ValueId } from "./types.js";

/** A graph as text to read: one line per input, variable, node, output and update. */
export function graphText(graph: Graph): string {
  const names = new Map<ValueId, string>();
  for (const { name, value } of [...graph.inputs, ...graph.variables]) names.set(value, name);
  const reference = (id: ValueId) => names.get(id) ?? `%${id}`;
  const typed = (id: ValueId) => typeText(graph.types[id]!);

  const lines = [`graph ${graph.name}`];
  for (const { name, role, value } of graph.inputs) {
    const detail = role.type === "dropoutMask" ? `dropoutMask, keeps ${role.keepRate}` : role.type;
    lines.push(`  input ${name}: ${typed(value)} (${detail})`);
  }
  for (const { name, value } of graph.variables) lines.push(`  variable ${name}: ${typed(value)}`);
  let place: string | undefined;
  for (const node of graph.nodes) {
    if (placeText(node.place) !== place) lines.push(`  # ${placeText(node.place) || "loss"}`);
    place = placeText(node.place);
    const attributes = Object.entries(node.attributes).map(([name, value]) => `${name}: ${shortly(value)}`);
    const call = `${node.operation}(${node.inputs.map(reference).join(", ")})`;
    const results = node.outputs.map((id) => `${reference(id)}: ${typed(id)}`).join(", ");
    lines.push(`  ${results} = ${call}${attributes.length > 0 ? ` {${attributes.join(", ")}}` : ""}`);
  }
  for (const { name, value } of graph.outputs) lines.push(`  output ${name} = ${reference(value)}`);
  for (const { name, value } of graph.updates) lines.push(`  update ${name} := ${reference(value)}`);
  return `${lines.join("\n")}\n`;
}

/** An attribute as JSON; of a long list only its first numbers, and how many there are. */
function shortly(value: AttributeValue): string {
  if (!Array.isArray(value) || value.length <= 16) return JSON.stringify(value);
  return `[${value.slice(0, 8).join(",")},… ${value.length} in all]`;
}
