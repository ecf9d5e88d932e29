/** @throws {Error} with the code EFBIG when the stream is longer than `most` bytes */
export async function gather(chunks: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most) throw Object.assign(new Error("too large"), { code: "EFBIG" });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
