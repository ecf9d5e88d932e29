/** What `sextets` gives for a character that stands for none. */
export const FOREIGN = 64;

const FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const tables = new Map<string, Uint8Array>();

/** The six bits that each byte stands for in base64. `lasts`: the last two characters of each alphabet that is read. */
export function sextets(...lasts: readonly string[]): Uint8Array {
  const known = tables.get(lasts.join());
  if (known !== undefined) return known;
  const table = new Uint8Array(256).fill(FOREIGN);
  for (const last of lasts) {
    const alphabet = FIRST + last;
    for (let sextet = 0; sextet < 64; sextet++) table[alphabet.charCodeAt(sextet)] = sextet;
  }
  tables.set(lasts.join(), table);
  return table;
}
