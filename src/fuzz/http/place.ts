import { lookup } from "node:dns/promises";
import { BlockList, type LookupFunction } from "node:net";
import { FuzzError } from "../target.ts";

/** A URL that may be attacked, and the addresses that were found to be allowed. */
export interface Place {
  readonly url: URL;
  readonly loopback: boolean;
  /** Answers with these addresses alone, so that the name cannot lead elsewhere afterwards. */
  readonly lookup: LookupFunction;
}

interface Address {
  readonly address: string;
  readonly family: number;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** @throws {FuzzError} on what is no absolute http URL, or holds a password */
export function parseTargetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new FuzzError("the target is no http or https URL", "http://127.0.0.1:8000/path");
  }
  if (url.username !== "" || url.password !== "") {
    throw new FuzzError(
      "the URL holds a user name or password",
      "send them with --header 'Authorization: …'",
    );
  }
  url.hash = "";
  return url;
}

/**
 * Resolves a URL's host. Only this machine may be attacked, unless the host, with or without its port, is authorised
 * word for word.
 * @throws {FuzzError} when it may not be attacked, or has no address
 */
export async function findPlace(url: URL, authorized: readonly string[]): Promise<Place> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const found = await resolve(host);
  const local = found.filter(isLoopback);
  const named = authorized.some((name) => name === url.hostname || name === url.host);
  if (local.length < found.length && !named) {
    throw new FuzzError(
      `${url.hostname} is another machine`,
      `only attack what you may: if its owner agrees, --authorized-host ${url.hostname}`,
    );
  }
  return { url, loopback: local.length === found.length, lookup: answering(found) };
}

async function resolve(host: string): Promise<readonly Address[]> {
  try {
    return await lookup(host, { all: true, verbatim: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FuzzError(`${host} has no address (${code})`);
  }
}

function isLoopback({ address, family }: Address): boolean {
  return loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

function answering(addresses: readonly Address[]): LookupFunction {
  const [first] = addresses;
  return (_name, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}
