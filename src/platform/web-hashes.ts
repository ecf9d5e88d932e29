import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { md5, ripemd160 } from "@noble/hashes/legacy.js";
import { sha224, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import { addHashes } from "./web.ts";

/** Hashes that no framework takes unless it is told to. Imported for what it does. */
addHashes({
  ...{ md5, ripemd160, sha224, sha384, sha512, sha512_224, sha512_256 },
  ...{ sha3_224, sha3_256, sha3_384, sha3_512, blake2b, blake2s },
  ...{ blake2b512: blake2b, blake2s256: blake2s },
});
