import { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";

/*
 * node:http refuses to send a header with control characters, which is what a fuzzer is for. So the request carries
 * the cookies in hexadecimal, and the socket puts the bytes in their place as the head of the request passes.
 */

/** Whether one line of a header can hold it: one character a byte, and no line break. */
export function isSendable(header: string): boolean {
  return /^[^\r\n\u0100-\uffff]*$/.test(header);
}

/** The value of a `Cookie` header that a socket of `sendingRawCookies` turns into these bytes. */
export function wrapCookie(header: string): string {
  return Buffer.from(header, "latin1").toString("hex");
}

/** A socket on which node:http writes requests: heads as text, bodies as bytes. */
export function sendingRawCookies<Socket extends Duplex>(socket: Socket): Socket {
  const write = socket.write.bind(socket) as (chunk: unknown, ...rest: unknown[]) => boolean;
  socket.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? chunk.replace(/\r\nCookie: ([0-9a-f]*)\r\n/, unwrap) : chunk, ...rest);
  return socket;
}

function unwrap(_line: string, hex: string): string {
  return `\r\nCookie: ${Buffer.from(hex, "hex").toString("latin1")}\r\n`;
}
