import { type Html, html } from "../html.ts";

/** The most that browsers keep of a cookie, its name and attributes counted. */
export const MOST_BYTES = 4096;

/** A stretch of the bar: its class, its words, its bytes. */
export interface Stretch {
  readonly kind: "payload" | "timestamp" | "signature" | "rest";
  readonly bytes: number;
}

/** How much of a cookie's room is taken, and by what. Wider than the room, it is cut. */
export function sizeBar(stretches: readonly Stretch[]): Html {
  let start = 0;
  const total = stretches.reduce((sum, { bytes }) => sum + bytes, 0);
  const drawn = stretches.map(({ kind, bytes }) => {
    const x = start;
    start += bytes;
    return html`<rect class="fill-${kind}" x="${x}" width="${bytes}" height="10"/>`;
  });
  const label = `${total} of ${MOST_BYTES} bytes`;
  return html`<svg class="bar" viewBox="0 0 ${MOST_BYTES} 10" preserveAspectRatio="none" role="img" aria-label="${label}">
<rect class="room" width="${MOST_BYTES}" height="10"/>${drawn}</svg>`;
}
