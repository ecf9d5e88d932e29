/**
 * Lets the codecs of a small bundle (`cookiesess/codec`) use every hash there is: sha512, sha3_256, blake2b, md5 …
 * Without it, they know sha1 and sha256. On Node, and with the package's root, all are there anyway.
 */
import "#hashes";
