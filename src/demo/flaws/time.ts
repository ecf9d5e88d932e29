import { accepting, type Fault, type Kit } from "./kit.ts";

export function timestampIgnored(kit: Kit): Fault {
  return acceptingAges(kit, null);
}

const FACTOR = 1000;

/** Milliseconds taken for seconds. */
export function expiryFactor(kit: Kit): Fault {
  return acceptingAges(kit, (kit.options.maxAge ?? 0) * FACTOR);
}

function acceptingAges(kit: Kit, maxAge: number | null): Fault {
  const codec = kit.codecWith({ maxAge });
  return accepting(kit, ({ value, payload }) => {
    const now = kit.now();
    if (!codec.verify({ value }, { now }).ok) return undefined;
    const [, timestamp] = kit.codec.sign({}, { now }).split(":");
    return kit.seal(`${payload}:${timestamp}`);
  });
}

/** "Younger than now" is taken for a clock that is off, and waved through. */
export function futureAccepted(kit: Kit): Fault {
  return accepting(kit, ({ value, message }) => {
    const decoded = kit.codec.decode({ value }, { now: kit.now() });
    return decoded.ok && decoded.issuedAt !== null && decoded.issuedAt > kit.now()
      ? kit.seal(message)
      : undefined;
  });
}
