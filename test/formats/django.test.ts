import platform from "#platform";
import { runContract, readLines } from "../contract.ts";

const RELEASES = ["2.2.28", "3.2.25", "4.2.28", "5.2.18", "6.1.1"] as const;

/** The payload's serialized text and what follows it up to the signature, whether it is compressed or not. */
function inflated(value: string): string {
  const [payload = "", ...rest] = value.split(":");
  const compressed = payload.startsWith(".");
  const bytes = platform.fromBase64url(compressed ? payload.slice(1) : payload) ?? new Uint8Array();
  const data = compressed ? platform.inflate(bytes, 1_000_000) : bytes;
  return `${data instanceof Uint8Array ? platform.latin1(data) : payload}:${rest.slice(0, -1).join(":")}`;
}

const beforeSignature = (value: string) => value.slice(0, value.lastIndexOf(":"));

for (const release of RELEASES) {
  runContract(`Django ${release}`, readLines(`django/${release}.jsonl`), {
    format: "django",
    alike: (ours, theirs) => theirs.startsWith(".") && inflated(ours) === inflated(theirs),
  });
}
