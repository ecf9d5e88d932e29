import { createCodec } from "cookiesess";

const codec = createCodec({ format: "django", secret: "s3cret" });
const cookie = codec.sign({ user: 1, cart: [1, 2] });

/** The same tests for every runner. */
export function tests({ expect, test }) {
  test("a cookie that the package minted", async () => {
    expect(cookie).toBeValidSession(codec, { payload: { user: expect.any(Number), cart: [1, 2] } });
    expect(`${cookie}x`).not.toBeValidSession(codec);
    await expect(Promise.resolve(cookie)).resolves.toBeValidSession(codec);
    await expect(
      expect(Promise.resolve(cookie)).resolves.toBeValidSession(codec, { payload: {} }),
    ).rejects.toThrow("It is valid, with another payload:");
  });

  test("a response of fetch", () => {
    const response = new Response("", { headers: { "set-cookie": `sessionid=${cookie}; HttpOnly; Path=/` } });
    expect(response).toSetSession(codec, { attributes: { httpOnly: true, path: "/" } });
    expect(response).not.toSetSession(codec, { attributes: { secure: true } });
  });
}
