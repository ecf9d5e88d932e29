const { CookieError, createCodec, unwrap } = require("cookiesess");
const { createCodec: bind } = require("cookiesess/codec");
const { flask } = require("cookiesess/formats/flask");

const { cookie, secretHex, now } = JSON.parse(process.argv[2]);
const secret = Buffer.from(secretHex, "hex");
const byName = createCodec({ format: "flask", secret }).verify(cookie, { now });
const alone = bind(flask, { secret }).verify(cookie, { now });
try {
  unwrap(bind(flask, { secret: "another" }).verify(cookie, { now }));
} catch (error) {
  if (error instanceof CookieError) console.log(JSON.stringify([byName.payload, alone.payload]));
}
