import { visibleText } from "@fleuron/model";

type Attributes = Readonly<Record<string, string | number | boolean>>;
/** Text is shown with {@link visibleText}: labels and names of files come from anywhere. */
type Child = Node | string;

/** An element with attributes (true: present without a value; false: absent) and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? "" : visibleText(String(value)));
  }
  fill(made, ...children);
  return made;
}

/** Puts children in the place of those that a node has. */
export function fill(node: Element, ...children: readonly Child[]): void {
  node.replaceChildren(...children.map((child) => (typeof child === "string" ? visibleText(child) : child)));
}

/** @throws Error when index.html and the code disagree. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`internal: index.html has no ${kind.name} with id ${id}`);
  return found;
}
