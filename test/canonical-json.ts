/** JSON with numbers by kind and value: their spelling is kept by us and changed by Python. */
export function canonical(json: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|-?(?:\d[\d.eE+-]*|Infinity)/g;
  return json.replace(tokens, (token) => {
    if (token.startsWith('"')) return token;
    if (!/[.eEI]/.test(token)) return String(BigInt(token));
    return Object.is(Number(token), -0) ? "-0.0" : `float ${Number(token)}`;
  });
}
