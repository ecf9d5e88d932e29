import type { RevocationStore } from "../../../src/session/index.ts";

/** A revocation store whose slowness and failures a test decides. */
export class TestStore implements RevocationStore {
  readonly #revoked = new Set<string>();
  /** Called when a revocation has come in. */
  onRevoke: () => void = () => undefined;
  /** Revocations wait for it. */
  hold: Promise<void> = Promise.resolve();
  /** What it throws. */
  fault: Error | undefined;

  async isRevoked(id: string): Promise<boolean> {
    if (this.fault !== undefined) throw this.fault;
    return this.#revoked.has(id);
  }

  async revoke(id: string): Promise<void> {
    this.onRevoke();
    await this.hold;
    if (this.fault !== undefined) throw this.fault;
    this.#revoked.add(id);
  }
}
