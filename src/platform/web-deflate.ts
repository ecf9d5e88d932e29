import { zlibSync } from "fflate";

export function deflate(data: Uint8Array): Uint8Array {
  return zlibSync(data);
}
