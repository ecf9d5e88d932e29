/** The cookies of a `Cookie:` header with and without a name, as they stand there. */
export function splitCookies(
  header: string,
  name: string,
): { own: readonly string[]; others: readonly string[] } {
  const parts = header.split(";").map((part) => part.trim());
  const isOwn = (part: string) => part.startsWith(`${name}=`);
  return { own: parts.filter(isOwn), others: parts.filter((part) => part !== "" && !isOwn(part)) };
}

/** The values of the cookies with a name, in order, without the quotes around them. */
export function cookieValues(header: string | undefined, name: string): readonly string[] {
  const { own } = splitCookies(header ?? "", name);
  return own.map((part) => part.slice(name.length + 1).replace(/^"(.*)"$/, "$1"));
}
