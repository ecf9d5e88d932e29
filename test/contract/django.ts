import type { Platform } from "../../src/platform/provider.ts";
import type { FormatVectors } from "./formats.ts";

/** The payload's serialized text and what follows it up to the signature, whether it is compressed or not. */
function inflated(value: string, platform: Platform): string {
  const [payload = "", ...rest] = value.split(":");
  const compressed = payload.startsWith(".");
  const bytes = platform.fromBase64(compressed ? payload.slice(1) : payload) ?? new Uint8Array();
  const data = compressed ? platform.inflate(bytes, 1_000_000) : bytes;
  return `${data instanceof Uint8Array ? platform.latin1(data) : payload}:${rest.slice(0, -1).join(":")}`;
}

/** The layouts from before Django 3.1 are re-signed in the present one where the version no longer writes them. */
const isHashed = (value: string) => /^[0-9a-f]{40}\$/.test(value) || /^[A-Za-z0-9+/]+={0,2}$/.test(value);
const withoutSignature = (value: string) => value.replace(/[A-Za-z0-9_-]+$/, "");

export const django: FormatVectors = {
  contract: {
    format: "django",
    alike: (ours, theirs, platform) =>
      theirs.startsWith(".") && inflated(ours, platform) === inflated(theirs, platform),
    keeps: (before, after) => isHashed(before) || withoutSignature(before) === withoutSignature(after),
  },
};
