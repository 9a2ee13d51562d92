/** Offsets of texts: plugins count characters (code points), the browser counts units of UTF-16. */

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Characters before a unit. */
export function characters(text: string, units: number): number {
  return units - (text.slice(0, units).match(PAIR)?.length ?? 0);
}

/** Units before a character; all of them where there are not so many. */
export function units(text: string, characters: number): number {
  let at = 0;
  let left = characters;
  for (const character of text) {
    if (left-- <= 0) {
      break;
    }
    at += character.length;
  }
  return at;
}
