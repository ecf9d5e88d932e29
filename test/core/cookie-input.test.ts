import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readLiteral, readPasted } from "../../src/core/cookie-input.ts";
import type { Pasted } from "../../src/core/pasted.ts";

const session = "eyJ1aWQiOjR9:1tuiwg:uOP8HSUGw4ThBNR-bPILKPM0mCk";
const express = "s%3Aabc.kX3lD%2Bn%2Fq";

/** `name=first reading`, or the reading alone where there is no name. */
function summary({ source, cookies }: Pasted): [string, ...string[]] {
  return [
    source,
    ...cookies.map(({ name, readings }) => (name === undefined ? "" : `${name}=`) + readings[0]?.value),
  ];
}

function values(pasted: Pasted): string[] {
  return pasted.cookies.flatMap(({ readings }) => readings.map(({ value }) => value));
}

describe("notations", () => {
  const chrome = [
    "curl 'http://127.0.0.1:8000/me?a=1&b=2' \\",
    "  -H 'Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' \\",
    `  -b 'theme=dark; sessionid=${session}' \\`,
    "  -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64)' \\",
    "  --data-raw $'note=it\\'s&cookie=1' \\",
    "  --compressed",
  ].join("\n");
  const chromeWindows = [
    'curl ^"http://127.0.0.1:8000/^" ^',
    '  -H ^"Accept: */*^" ^',
    `  -b ^"theme=^\\^"dark^\\^"; sid=${express.replaceAll("%", "^%^")}^" ^`,
    "  --compressed",
  ].join("\r\n");
  const firefox = `curl 'http://localhost/' --compressed -H 'User-Agent: Mozilla/5.0' -H 'Cookie: sid=${express}; theme=dark' -H 'Upgrade-Insecure-Requests: 1'`;
  const safari = `curl 'http://localhost/' \\\n-X 'GET' \\\n-H 'Cookie: sessionid=${session}' \\\n-H 'Accept-Language: en'`;
  const dollar = `curl 'http://localhost/' -H $'Cookie: greeting=hi\\u0021; sessionid=${session}'`;
  const verbose = `* Connected to localhost\n> GET / HTTP/1.1\n> Cookie: a=1\n>\n< HTTP/1.1 200 OK\n< Set-Cookie: b=2; Path=/`;
  const message = `HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2; HttpOnly\r\n\r\n`;
  const jarLine = `#HttpOnly_localhost\tFALSE\t/\tFALSE\t0\tsessionid\t${session}`;

  test.each<[string, string, [string, ...string[]]]>([
    ["Django value", session, ["value", session]],
    ["Flask value", ".eJwVyUE.Zt3aVg.sig", ["value", ".eJwVyUE.Zt3aVg.sig"]],
    ["Express value", express, ["value", express]],
    ["Tornado value", "2|1:0|10:1|4:user|8:NDI=|f00", ["value", "2|1:0|10:1|4:user|8:NDI=|f00"]],
    ["one pair", `sessionid=${session}`, ["name=value", `sessionid=${session}`]],
    ["one pair, value with =", "sid=abc=", ["name=value", "sid=abc="]],
    ["one pair, compressed Flask", "session=.eJwVyUE.Zt.sig", ["name=value", "session=.eJwVyUE.Zt.sig"]],
    ["one pair, empty signed value", "seen_tour=:1tuiwg:sig", ["name=value", "seen_tour=:1tuiwg:sig"]],
    ["base64, one pad", "eyJhIjoxMn0=", ["value", "eyJhIjoxMn0="]],
    ["base64, two pads", "bnVsbA==", ["value", "bnVsbA=="]],
    ["base64, then Starlette's signature", "bnVsbA==.Z_m8qg.sig", ["value", "bnVsbA==.Z_m8qg.sig"]],
    ["base64, then Rails' signature", "BAh7BjoGYWk=--0123abcd", ["value", "BAh7BjoGYWk=--0123abcd"]],
    ["base64, then Django's signature", "aGVsbG8=:1tuiwg:sig", ["value", "aGVsbG8=:1tuiwg:sig"]],
    ["signed text with spaces", "hello world:1tuiwg:sig", ["value", "hello world:1tuiwg:sig"]],
    ["signed text with a semicolon", "hello; world:1tuiwg:sig", ["value", "hello; world:1tuiwg:sig"]],
    ["signed text that says cookie", "cookie:1tuiwg:sig", ["value", "cookie:1tuiwg:sig"]],
    ["header", `Cookie: a=1; sessionid=${session}`, ["cookie-header", "a=1", `sessionid=${session}`]],
    ["header in lower case", "cookie:a=1;b=2", ["cookie-header", "a=1", "b=2"]],
    ["header without its name", "a=1; b=2; a=3", ["cookie-header", "a=1", "b=2", "a=3"]],
    ["header with a nameless cookie", "a=1; b", ["cookie-header", "a=1", "b"]],
    ["header of RFC 2965", '$Version=1; session="x"; $Path="/"', ["cookie-header", 'session="x"']],
    ["header with white space", "Cookie:  a = 1 ;; b=2 ; ", ["cookie-header", "a=1", "b=2"]],
    ["header that names no token", "Cookie: koa:sess=x", ["cookie-header", "koa:sess=x"]],
    [
      "document.cookie in a console",
      "'csrftoken=t; theme=dark'",
      ["cookie-header", "csrftoken=t", "theme=dark"],
    ],
    ["Set-Cookie", `Set-Cookie: sid=${express}; Path=/; HttpOnly`, ["set-cookie", `sid=${express}`]],
    ["Set-Cookie without its name", "session=x.y.z; HttpOnly; Path=/", ["set-cookie", "session=x.y.z"]],
    [
      "Set-Cookie lines that were joined",
      "a=1,5; expires=Wed, 21 Oct 2015 07:28:00 GMT; Path=/, b=2; Path=/",
      ["set-cookie", "a=1,5", "b=2"],
    ],
    ["HTTP message", message, ["set-cookie", "a=1", "b=2"]],
    ["curl -v", verbose, ["cookie-header", "a=1", "b=2"]],
    ["Chrome, Copy as cURL (bash)", chrome, ["curl", "theme=dark", `sessionid=${session}`]],
    ["Chrome, Copy as cURL (cmd)", chromeWindows, ["curl", 'theme="dark"', `sid=${express}`]],
    ["Chrome, one line of it", "  -H 'Cookie: a=b' \\", ["curl", "a=b"]],
    ["Chrome, another line of it", "  -H 'Accept: */*' \\", ["curl"]],
    ["Firefox, Copy as cURL", firefox, ["curl", `sid=${express}`, "theme=dark"]],
    ["Safari, Copy as cURL", safari, ["curl", `sessionid=${session}`]],
    ["curl with $'…'", dollar, ["curl", "greeting=hi!", `sessionid=${session}`]],
    ["curl -b", "$ curl -b a=b http://x/", ["curl", "a=b"]],
    ["curl -bDATA", "curl -ba=b http://x/", ["curl", "a=b"]],
    ["curl -sb", "curl -sSb 'a=b;c=d' http://x/", ["curl", "a=b", "c=d"]],
    ["curl --cookie=", 'curl --cookie="a=b" x', ["curl", "a=b"]],
    ["curl twice", "curl -b a=b --header 'Cookie: c=d' x", ["curl", "a=b", "c=d"]],
    ["curl -b FILE", "curl -b jar.txt http://x/", ["curl"]],
    ["curl, data that looks like an option", "curl -d '-ba=b' --data-raw -bc=d x", ["curl"]],
    ["curl, piped", "curl -b a=b x | grep -b c=d", ["curl", "a=b"]],
    ["jar line", jarLine, ["netscape", `sessionid=${session}`]],
    ["jar comment", "# Netscape HTTP Cookie File", ["netscape"]],
    ["jar line, commented out", jarLine.replace("HttpOnly_", ""), ["netscape"]],
    ["jar", `# Netscape HTTP Cookie File\n\n${jarLine}\n`, ["netscape", `sessionid=${session}`]],
    ["Playwright", '{"cookies":[{"name":"a","value":"1"}],"origins":[]}', ["json", "a=1"]],
    ["Selenium", '[{"name":"a","value":"1"},{"name":"b","value":"2"}]', ["json", "a=1", "b=2"]],
    ["Cypress", '{"name":"a","value":"1"}', ["json", "a=1"]],
    ["JSON by names", '{"a":"1","b":"2"}', ["json", "a=1", "b=2"]],
    ["JSON by names, as httpbin", '{"cookies":{"a":"1"}}', ["json", "a=1"]],
    ["JSON of texts that are no names", '{"a b":"1"}', ["value", '{"a b":"1"}']],
    ["Chrome's rows", "a\t1=\tlocalhost\t/\tSession\nb\t2\t.x.org\t/p\t", ["devtools", "a=1=", "b=2"]],
    ["tabs that are no rows", "a\t1\tlocalhost\tx", ["value", "a\t1\tlocalhost\tx"]],
    ["Firefox's inspector", 'a:"x"y"\nCreated:"Thu"\nPath:"/"\nHostOnly:true', ["member", 'a=x"y']],
    ["members of an object", '"a": "1",\n  b: `2`,\n}', ["member", "a=1", "b=2"]],
    [
      "fetch of Node, as Chrome copies it",
      'fetch("http://x/", {\n  "headers": {\n    "accept": "*/*",\n    "cookie": "a=\\"1\\"; b=2"\n  }\n});',
      ["cookie-header", 'a="1"', "b=2"],
    ],
    ["a header of Python's requests", "    'Cookie': 'a=1\\n',", ["cookie-header", "a=1\\n"]],
    ["a header with a key of JavaScript", '  cookie: "a=1",', ["cookie-header", "a=1"]],
    ["Django's request.COOKIES, printed", "{'a': 'x', 'b': \"y'z\"}", ["member", "a=x", "b=y'z"]],
    [
      "Express's req.cookies, printed",
      "[Object: null prototype] { a: 'x', 'b.sig': 'y' }",
      ["member", "a=x", "b.sig=y"],
    ],
    ["the same on several lines", "{\n  a: 'x',\n  b: 'y'\n}", ["member", "a=x", "b=y"]],
    ["an object of more than cookies", "{ a: 'x', b: 1 }", ["value", "{ a: 'x', b: 1 }"]],
    ["a Set-Cookie member", '"set-cookie": "a=1; Path=/"', ["cookie-header", "a=1"]],
    ["no member, but a signed text", 'text: "quoted":1tuiwg:sig', ["value", 'text: "quoted":1tuiwg:sig']],
    ["wget", "wget -b -H --header='Cookie: a=1' --header 'Cookie: b=2' x", ["wget", "a=1", "b=2"]],
    ["wget, whose short options are others", "wget -b a=b x", ["wget"]],
    ["spaces around =", "a = 1", ["name=value", "a=1"]],
    ["JSON of another shape", '{"a":1}', ["value", '{"a":1}']],
    ["JSON with foreign entries", '[null,1,{"name":1},{"name":"a","value":"1"}]', ["json", "a=1"]],
    ["nothing", " \n", ["value"]],
  ])("%s", (_, text, expected) => {
    expect(summary(readPasted(text))).toEqual(expected);
  });
});

describe("readings", () => {
  test.each<[string, string, readonly string[]]>([
    ["as it stands first", "abc", ["abc"]],
    ["white space and a byte order mark", "\ufeff abc\r\n", ["abc"]],
    ["quotes", '"abc"', ['"abc"', "abc"]],
    ["percent-encoding", "a%3Ab", ["a%3Ab", "a:b"]],
    ["both, quotes outside", '"a%3Ab"', ['"a%3Ab"', "a%3Ab", '"a:b"', "a:b"]],
    ["both, quotes inside", "%22a%3Ab%22", ["%22a%3Ab%22", '"a:b"', "a:b"]],
    ["plus stays plus", "a+b%2Bc", ["a+b%2Bc", "a+b+c"]],
    ["broken percent-encoding", "100%", ["100%"]],
    ["percent-encoding that is not UTF-8", "%ff%41", ["%ff%41"]],
    ["a shell's quotes", "'abc'", ["'abc'", "abc"]],
    ["a quote at one end", 'abc"', ['abc"', "abc"]],
    ["what a source file leaves", '"abc",', ['"abc",', "abc"]],
    ["broken into lines", "abc\n  def", ["abc\n  def", "abcdef"]],
    ["spaces inside", "a b; c", ["a b; c"]],
  ])("%s", (_, text, expected) => {
    expect(values(readPasted(text))).toEqual(expected);
  });

  test.each<[string, string, readonly string[]]>([
    ["a bare value", "abc", []],
    ["white space", " abc ", ["whitespace"]],
    ["a quoted pair of a header", 'Cookie: a="abc"', ["cookie-header", "quotes"]],
    ["a percent-encoded pair", "a=%61bc", ["name", "percent-encoding"]],
    ["a quoted header", "'a=abc; b=c'", ["quotes", "cookie-header"]],
    ["an escaped value", 'curl -b "a=\\"%61bc\\""', ["curl", "quotes", "percent-encoding"]],
  ])("layers of %s", (_, text, layers) => {
    const reading = readPasted(text).cookies[0]?.readings.find(({ value }) => value === "abc");
    expect(reading?.layers).toEqual(layers);
  });

  const fixture = new URL("../../fixtures/cookie-text/quoted.jsonl", import.meta.url);
  const quoted: { id: string; value: string; header: string }[] = readFileSync(fixture, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

  test.each(quoted)("$id: what Python quoted is among the readings", ({ value, header }) => {
    for (const text of [header, `n=${header}`, `Cookie: n=${header}; m=1`]) {
      const cookie = readPasted(text).cookies[0];
      expect(cookie?.headerText).toBe(header);
      expect(cookie?.readings[0]?.value).toBe(header);
      expect(cookie?.readings.map((reading) => reading.value)).toContain(value);
    }
  });
});

describe("doubt", () => {
  test.each(["a = b:1tuiwg:sig", "a=b:1tuiwg:sig", "a=b; c=d:1tuiwg:sig", "a=b; Path=/", ' a="b" '])(
    "%j may also be one value",
    (text) => {
      expect(readPasted(text).bare?.readings[0]?.value).toBe(text.trim());
      expect(readPasted(text).cookies[0]?.name).toBe("a");
    },
  );

  test.each(["Cookie: a=b", "curl -b a=b x", "abc", '[{"name":"a","value":"b"}]'])(
    "%j is certain",
    (text) => {
      expect(readPasted(text).bare).toBeUndefined();
    },
  );
});

describe("readLiteral", () => {
  test.each<[string, [string, ...string[]]]>([
    ['"abc"', ["value", '"abc"']],
    [" abc\n", ["value", " abc\n"]],
    ["a%3Ab", ["value", "a%3Ab"]],
    ["", ["value", ""]],
    ["# abc", ["value", "# abc"]],
    ["curl abc", ["value", "curl abc"]],
    ["-b a:b", ["value", "-b a:b"]],
    ["'a=b'", ["value", "'a=b'"]],
    ['{"name":"a","value":"b"}', ["value", '{"name":"a","value":"b"}']],
    ['a="b" ', ["name=value", 'a="b" ']],
    ['Cookie: a="%62"; c=d', ["cookie-header", 'a="%62"', "c=d"]],
    ["Set-Cookie: a=%62; Path=/", ["set-cookie", "a=%62"]],
    ["curl -b 'a=\"b\"' x", ["curl", 'a="b"']],
    ['x\tFALSE\t/\tTRUE\t0\ta\t"b" ', ["netscape", 'a="b" ']],
  ])("%j", (text, expected) => {
    const pasted = readLiteral(text);
    expect(summary(pasted)).toEqual(expected);
    expect(pasted.cookies.every(({ readings }) => readings.length === 1)).toBe(true);
  });

  test("a guess keeps the exact whole", () => {
    expect(readLiteral(" a=b; c=d").bare?.readings).toEqual([{ value: " a=b; c=d", layers: [] }]);
  });
});

describe("hostile texts", () => {
  const length = 1_000_000;
  const fill = (text: string) => text.repeat(length / text.length);
  test.each<[string, string]>([
    ["spaces", `x${fill(" ")}x`],
    ["semicolons", fill(";")],
    ["line breaks", `x${fill("\n")}x`],
    ["tabs", `x${fill("\t")}x`],
    ["quotes", `"${fill("'")}x`],
    ["backslashes", `"${fill("\\")}"`],
    ["commas", `a=b; Path=/${fill(", ")}`],
    ["a comma and spaces", `a=b; Path=/,${fill(" ")}x`],
    ["open brackets", fill("[")],
    ["shell escapes", `curl $'${fill("\\n")}`],
    ["shell quotes", `curl "${fill('"a"')}`],
    ["dollars", `$${fill(" ")}curl`],
    ["percents", fill("%41")],
    ["quoted members", `a:${fill('"')}x`],
    ["a member and spaces", `a:"${fill(" ")}",x`],
    ["a printed object", `{a:'${fill("\\\\")}x}`],
    ["a printed object of names", `{${fill("a")}}`],
    ["a printed object of members", `{${fill("a:'',")}x}`],
    ["members that begin", fill("a:\n")],
    ["an endless name", `${fill("a")}: "`],
  ])("%s are read at once", (_, text) => {
    const started = performance.now();
    expect(readPasted(text).cookies.length).toBeLessThanOrEqual(1);
    expect(readLiteral(text).cookies.length).toBe(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test.each(["a=b;", "Cookie: a=b\n", 'curl -b "a=b" '])("no more than 10,000 cookies of %j", (text) => {
    expect(
      readPasted(text.startsWith("curl") ? `curl ${text.slice(5).repeat(20_000)}` : text.repeat(20_000))
        .cookies,
    ).toHaveLength(10_000);
  });
});
