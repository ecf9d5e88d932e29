import type { CookieFormat } from "./format.ts";
import type { AnyFormat } from "./guide.ts";
import type { Pasted, PastedCookie } from "./pasted.ts";

/** What a format knows of cookies that go with its own. */
export type Companions = Pick<CookieFormat<never, never, never, object>, "companionSuffix">;

/** The cookie that one of this name goes with: "session" for "session.sig"; undefined when it goes with none. */
export function accompanied({ companionSuffix: suffix }: Companions, name: string): string | undefined {
  if (suffix === undefined || !name.endsWith(suffix)) return undefined;
  return name.slice(0, -suffix.length) || undefined;
}

/** Whether an item is one cookie that may have a companion in the next item, or be the companion itself. */
export function mayBeOfTwo(pasted: Pasted, formats: readonly AnyFormat[]): boolean {
  const cookie = onlyCookie(pasted);
  if (cookie === undefined) return false;
  const { name, readings } = cookie;
  return formats.some(
    (format) =>
      accompanied(format, name) !== undefined ||
      (format.companionSuffix !== undefined &&
        readings.some(({ value }) => format.recognise({ name, value }).length > 0)),
  );
}

/** A cookie and its companion of the same site, in either order, as one item; undefined when they are not that. */
export function pairOf(first: Pasted, second: Pasted, formats: readonly AnyFormat[]): Pasted | undefined {
  const [one, other] = [onlyCookie(first), onlyCookie(second)];
  if (one === undefined || other === undefined || !isOfOneSite(one, other)) return undefined;
  const isPair = formats.some(
    (format) => accompanied(format, other.name) === one.name || accompanied(format, one.name) === other.name,
  );
  return isPair ? { source: first.source, cookies: [one, other] } : undefined;
}

function isOfOneSite({ attributes: one = {} }: PastedCookie, { attributes: other = {} }: PastedCookie) {
  return one.domain === other.domain && one.path === other.path;
}

type NamedCookie = PastedCookie & { readonly name: string };

function onlyCookie({ cookies }: Pasted): NamedCookie | undefined {
  const [cookie] = cookies;
  return cookies.length === 1 && cookie?.name !== undefined ? (cookie as NamedCookie) : undefined;
}
