import type { FoundCookie, Layer, Pasted, PastedCookie, PastedSource, Reading, Structure } from "./pasted.ts";

type Read = (text: string, layers: readonly Layer[]) => readonly Reading[];

export function assemble(
  found: Structure | undefined,
  whole: string,
  layers: readonly Layer[],
  wholeLayers: readonly Layer[],
  read: Read,
): Pasted {
  const bare = withReadings({ text: whole }, wholeLayers, read);
  if (!found) return { source: "value", cookies: [bare] };
  const cookies = found.cookies.map((cookie) =>
    withReadings(cookie, [...layers, layerOf(found.source)], read),
  );
  return { source: found.source, cookies, ...(found.guessed && { bare }) };
}

function layerOf(source: PastedSource): Layer {
  return source === "name=value" || source === "value" ? "name" : source;
}

export function withReadings(
  { text, ...rest }: FoundCookie,
  layers: readonly Layer[],
  read: Read,
): PastedCookie {
  return { ...rest, headerText: text, readings: read(text, layers) };
}

/** Every value exactly as it stands. */
export function assembleLiteral(found: Structure | undefined, text: string): Pasted {
  return assemble(found, text, [], [], (value, layers) => [{ value, layers }]);
}
