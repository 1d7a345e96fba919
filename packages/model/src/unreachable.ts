/** The end of a switch that knows every case. @throws Error: data got past the check that should have refused it. */
export function unreachable(value: never): never {
  throw new Error(`internal: nothing handles ${JSON.stringify(value)}`);
}
