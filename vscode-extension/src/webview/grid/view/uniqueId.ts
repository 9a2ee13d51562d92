/** Names of elements, which a page may have from more than one grid. */

let made = 0;

/** `name` with a number that no other element of the page has. */
export function uniqueId(name: string): string {
  return `${name}-${++made}`;
}
