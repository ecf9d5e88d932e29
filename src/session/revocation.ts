/**
 * Remembers sessions that have ended, so that copies of their cookies are refused. Ids are random texts, or digests
 * of cookies. Keyv keeps them in memory, Redis, memcached and others: see `keyvRevocation`.
 */
export interface RevocationStore {
  isRevoked(id: string): boolean | Promise<boolean>;
  /** May forget the id after `ttlSeconds`: by then its cookies have expired. */
  revoke(id: string, ttlSeconds: number): void | Promise<void>;
}

/** The part of a Keyv that is used. */
interface Keyed {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMilliseconds?: number): Promise<unknown>;
}

/**
 * Revocations in a Keyv: `keyvRevocation(new Keyv())` in memory, for one process, or with one of Keyv's adapters for
 * many. A store that cannot be reached is an error of the request: nobody is let in unchecked.
 */
export function keyvRevocation(keyv: Keyed): RevocationStore {
  return {
    isRevoked: async (id) => (await keyv.get(id)) !== undefined,
    revoke: async (id, ttlSeconds) => {
      await keyv.set(id, 1, ttlSeconds * 1000);
    },
  };
}
