const cookieSession = require("cookie-session");
const express = require("express");
const supertest = require("supertest");
const { createCodec } = require("cookiesess");

const secret = "correct horse battery staple";
const codec = createCodec({ format: "cookie-session", secret });
const stranger = createCodec({ format: "cookie-session", secret: "another" });

const app = express();
app.use(cookieSession({ name: "session", keys: [secret], sameSite: "lax" }));
app.post("/login", (req, res) => {
  req.session.user = { id: 1, name: "ada" };
  res.send("in");
});
app.post("/logout", (req, res) => {
  req.session = null;
  res.send("out");
});
const agent = supertest.agent(app);

function failure(assert) {
  try {
    assert();
  } catch ({ message }) {
    return message;
  }
  throw new Error("the assertion holds");
}

describe("cookie-session behind Express, asked with supertest", () => {
  test("logging in sets a session in two cookies", async () => {
    const response = await agent.post("/login");
    expect(response).toSetSession(codec, {
      name: "session",
      payload: { user: expect.objectContaining({ id: 1 }) },
      attributes: { httpOnly: true, secure: false, sameSite: "Lax", path: "/", maxAge: undefined },
    });
    expect(response).not.toSetSession(stranger);
    const cookies = response.headers["set-cookie"].map((line) => line.split(";")[0]).join("; ");
    expect(cookies).toBeValidSession(codec, { payload: { user: { id: 1, name: "ada" } } });
    expect(cookies).not.toBeValidSession(stranger);
  });

  test("logging out sets none", async () => {
    expect(await agent.post("/logout")).not.toSetSession(codec);
  });

  test("failures explain", async () => {
    const response = await agent.post("/login");
    expect(failure(() => expect(response).toSetSession(stranger))).toBe(
      'expect(response).toSetSession(codec)\n\nIt sets no valid session.\n"session": bad-signature: the signature does not match',
    );
    const wrong = failure(() =>
      expect(response).toSetSession(codec, { payload: { user: { id: 2, name: "ada" } } }),
    );
    expect(wrong).toMatch(/^- {5}"id": 2,\n\+ {5}"id": 1,$/m);
    const never = { asymmetricMatch: () => false };
    expect(failure(() => expect(response).toSetSession(codec, { payload: never }))).toContain("\nExpected: ");
    expect(failure(() => expect(undefined).not.toSetSession(codec))).toContain("is no response");
    expect(wrong).not.toContain(secret);
  });
});
