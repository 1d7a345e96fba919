/**
 * Number of members of the outermost object in `text`, which must be valid JSON, and of the objects in it. `JSON.parse`
 * silently keeps the last of several members of one name; comparing counts finds them.
 */
export function countMembers(text: string): number {
  let depth = 0;
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === ":" && depth <= 2) members++;
  }
  return members;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
