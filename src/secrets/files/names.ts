import { basename, dirname, join } from "node:path";

/**
 * - `lock`: a lock directory being prepared
 * - `tmp`: the new content
 * - `bak`: a backup being written
 */
export type Kind = "lock" | "tmp" | "bak";

/** Who made a file: process id, its start (`processStart`), and random digits. */
export interface Token {
  readonly pid: number;
  readonly start: string;
  readonly text: string;
}

const TOKEN = /^(\d{1,10})-(\d{1,20})-[0-9a-f]{16}$/;

function readToken(text: string): Token | undefined {
  const [, pid, start] = TOKEN.exec(text) ?? [];
  return pid === undefined || start === undefined ? undefined : { pid: Number(pid), start, text };
}

/** The lock of a file: a directory beside it. */
export function lockPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.cookiesess-lock`);
}

/** A file or directory that exists only while a run lasts. */
export function passingPath(target: string, token: string, kind: Kind): string {
  return join(dirname(target), `${passingPrefix(target)}${token}.${kind}`);
}

/** The reverse of `passingPath` for a name in the target's directory; undefined for any other name. */
export function readPassingName(target: string, name: string): { token: Token; kind: Kind } | undefined {
  const prefix = passingPrefix(target);
  if (!name.startsWith(prefix)) return undefined;
  const [text = "", kind, ...rest] = name.slice(prefix.length).split(".");
  const token = readToken(text);
  if (token === undefined || rest.length > 0) return undefined;
  return kind === "lock" || kind === "tmp" || kind === "bak" ? { token, kind } : undefined;
}

/** `NAME.bak-20261122T100000Z`; `copy` counts those of the same second from 1. `now` in Unix seconds. */
export function backupPath(target: string, now: number, copy: number): string {
  const time = new Date(now * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${target}.bak-${time}${copy > 1 ? `-${copy}` : ""}`;
}

function passingPrefix(target: string): string {
  return `.${basename(target)}.cookiesess-`;
}
