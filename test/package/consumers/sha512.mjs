import { createCodec } from "cookiesess/codec";
import { cookieSession } from "cookiesess/formats/cookie-session";

function verified() {
  const codec = createCodec(cookieSession, { secret: "key", algorithm: "sha512" });
  const [session, signature] = codec.mint({ user: 1 });
  return {
    payload: codec.verify(`${session.name}=${session.value}; ${signature.name}=${signature.value}`).payload,
  };
}

let result;
try {
  result = verified();
} catch (error) {
  result = { error: String(error) };
}
console.log(JSON.stringify(result));
