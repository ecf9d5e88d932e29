import { createCodec } from "cookiesess";
import { createCodec as bind } from "cookiesess/codec";
import { flask } from "cookiesess/formats/flask";

const { cookie, secretHex, now } = JSON.parse(process.argv[2]);
const secret = Uint8Array.from(secretHex.match(/../g), (digits) => Number.parseInt(digits, 16));
const byName = createCodec({ format: "flask", secret }).verify(cookie, { now });
const alone = bind(flask, { secret }).verify(cookie, { now });
console.log(JSON.stringify([byName.payload, alone.payload]));
