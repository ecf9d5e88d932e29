/**
 * Django's own tests of the session object, by their names: `SessionTestsMixin` as `CookieSessionTests` runs it, and
 * the two of `SessionBaseTests` that are not about missing methods. Source: tests/sessions_tests/tests.py.
 *
 * Not here:
 *
 * | test | why |
 * |---|---|
 * | every `test_…_async` | the twin of a test that is here; nothing in a session waits |
 * | test_pop_default_named_argument | JavaScript has no named arguments |
 * | test_delete | asks `exists()`, which this backend always answers with no; `flush` is what deletes |
 * | test_cycle, test_save | empty in `CookieSessionTests`; see revocation.test.ts for what `cycleKey` does here |
 * | test_session_load_does_not_create_record | skipped by `CookieSessionTests`: there are no records |
 * | test_session_save_does_not_resurrect_session_logged_out_in_other_context | skipped by it too |
 * | `DatabaseSessionTests`, `CacheDBSessionTests`, `FileSessionTests`, `CacheSessionTests` | other backends |
 * | `ClearSessionsCommandTests` | there is nothing to clear |
 * | test_create, test_exists, test_load and the like of `SessionBaseTests` | they ask an abstract class |
 */
import { beforeEach, describe, expect, test } from "vitest";
import { createCodec } from "../../src/index.ts";
import type { Rejection, Session } from "../../src/session/index.ts";
import { headerAfter, make, NOW, SECRET } from "./support.ts";

const TWO_WEEKS = 1_209_600;

let session: Session;

beforeEach(async () => {
  session = await make().open(undefined);
});

function pretendUntouched(): void {
  session.modified = false;
  session.accessed = false;
}

const flags = () => ({ accessed: session.accessed, modified: session.modified });

test("test_new_session", () => {
  expect(flags()).toEqual({ accessed: false, modified: false });
});

test("test_get_empty", () => {
  expect(session.get("cat")).toBeUndefined();
});

test("test_store", () => {
  session.set("cat", "dog");
  expect(session.modified).toBe(true);
  expect(session.pop("cat")).toBe("dog");
});

test("test_pop", () => {
  session.set("some key", "exists");
  pretendUntouched();
  expect(session.pop("some key")).toBe("exists");
  expect(flags()).toEqual({ accessed: true, modified: true });
  expect(session.get("some key")).toBeUndefined();
});

test("test_pop_default", () => {
  expect(session.pop("some key", "does not exist")).toBe("does not exist");
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_pop_no_default_keyerror_raised: undefined here, as from a Map", () => {
  expect(session.pop("some key")).toBeUndefined();
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_setdefault", () => {
  expect(session.setDefault("foo", "bar")).toBe("bar");
  expect(session.setDefault("foo", "baz")).toBe("bar");
  expect(flags()).toEqual({ accessed: true, modified: true });
});

test("test_update", () => {
  session.update({ "update key": 1 });
  expect(flags()).toEqual({ accessed: true, modified: true });
  expect(session.get("update key")).toBe(1);
});

test("test_update: with nothing it counts as a change too", () => {
  session.update({});
  expect(flags()).toEqual({ accessed: true, modified: true });
});

test("test_has_key", () => {
  session.set("some key", 1);
  pretendUntouched();
  expect(session.has("some key")).toBe(true);
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_values", () => {
  expect(session.values()).toEqual([]);
  expect(session.accessed).toBe(true);
  session.set("some key", 1);
  pretendUntouched();
  expect(session.values()).toEqual([1]);
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_keys", () => {
  session.set("x", 1);
  pretendUntouched();
  expect(session.keys()).toEqual(["x"]);
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_items", () => {
  session.set("x", 1);
  pretendUntouched();
  expect(session.entries()).toEqual([["x", 1]]);
  expect(flags()).toEqual({ accessed: true, modified: false });
});

test("test_clear", () => {
  session.set("x", 1);
  pretendUntouched();
  expect(session.entries()).toEqual([["x", 1]]);
  session.clear();
  expect(session.entries()).toEqual([]);
  expect(flags()).toEqual({ accessed: true, modified: true });
});

test("test_flush", () => {
  session.set("foo", "bar");
  session.save();
  expect(session.sessionKey).toBeTypeOf("string");
  session.flush();
  expect(session.sessionKey).toBeUndefined();
  expect(session.entries()).toEqual([]);
  expect(flags()).toEqual({ accessed: true, modified: true });
});

test("test_cycle_with_no_session_cache", async () => {
  const header = await headerAfter(make(), (first) => first.update({ a: "c", b: "d" }));
  session = await make().open(header);
  expect(session.accessed).toBe(false);
  session.cycleKey();
  expect(session.entries()).toEqual([
    ["a", "c"],
    ["b", "d"],
  ]);
});

test("test_save_doesnt_clear_data", () => {
  session.set("a", "b");
  session.save();
  expect(session.get("a")).toBe("b");
});

test("test_invalid_key", async () => {
  session = await make().open("sessionid=1");
  session.save();
  expect(session.sessionKey).not.toBe("1");
  expect(session.get("cat")).toBeUndefined();
});

describe("the session key", () => {
  const keyOf = async (value: string) => (await make().open(`sessionid=${value}`)).sessionKey;

  test("test_session_key_empty_string_invalid", async () => {
    expect(await keyOf("")).toBeUndefined();
  });

  test("test_session_key_too_short_invalid", async () => {
    expect(await keyOf("1234567")).toBeUndefined();
  });

  test("test_session_key_valid_string_saved", async () => {
    expect(await keyOf("12345678")).toBe("12345678");
  });

  test("test_session_key_is_read_only", () => {
    expect(() => Object.assign(session, { sessionKey: "12345678" })).toThrow(TypeError);
  });
});

describe("custom expiry", () => {
  const modification = new Date("2024-05-06T07:08:09.250Z");
  const later = new Date("2024-05-06T07:08:19.250Z");

  test("test_default_expiry", () => {
    expect(session.getExpiryAge()).toBe(TWO_WEEKS);
    session.setExpiry(0);
    expect(session.getExpiryAge()).toBe(TWO_WEEKS);
  });

  test("test_custom_expiry_seconds", () => {
    session.setExpiry(10);
    expect(session.getExpiryDate({ modification })).toEqual(later);
    expect(session.getExpiryAge({ modification })).toBe(10);
  });

  test("test_custom_expiry_timedelta: a moment, reckoned from now", () => {
    session.setExpiry(new Date((NOW + 10) * 1000));
    expect(session.getExpiryDate()).toEqual(new Date((NOW + 10) * 1000));
    expect(session.getExpiryAge()).toBe(10);
  });

  test("test_custom_expiry_datetime", () => {
    session.setExpiry(later);
    expect(session.getExpiryDate({ modification })).toEqual(later);
    expect(session.getExpiryAge({ modification })).toBe(10);
  });

  test("test_custom_expiry_reset", () => {
    session.setExpiry(null);
    expect(session.modified).toBe(false);
    session.setExpiry(10);
    session.setExpiry(null);
    expect(session.getExpiryAge()).toBe(TWO_WEEKS);
  });

  test.each([false, true])("test_get_expire_at_browser_close: the setting is %s", async (setting) => {
    session = await make({ expireAtBrowserClose: setting }).open(undefined);
    session.setExpiry(10);
    expect(session.getExpireAtBrowserClose()).toBe(false);
    session.setExpiry(0);
    expect(session.getExpireAtBrowserClose()).toBe(true);
    session.setExpiry(null);
    expect(session.getExpireAtBrowserClose()).toBe(setting);
  });
});

describe("encode and decode", () => {
  const data = { "a test key": "a test value" };
  const rejected: Rejection[] = [];
  const onRejected = (rejection: Rejection) => rejected.push(rejection);

  beforeEach(async () => {
    rejected.length = 0;
    session = await make({ onRejected }).open(undefined);
  });

  test("test_decode", () => {
    const encoded = session.encode(data);
    // What django.contrib.sessions.backends.db of Django 5.2.18 encodes at that time.
    expect(encoded).toBe(
      "eyJhIHRlc3Qga2V5IjoiYSB0ZXN0IHZhbHVlIn0:1riz7A:4JkySs-LWwKr9rzVLwbzmUH_fTMfZrLzbFidzX6fV1A",
    );
    expect(session.decode(encoded)).toEqual(data);
    expect(rejected).toEqual([]);
  });

  test.each(["Zmxhc2tkajphbGtkamY=", "bad:encoded:value"])(
    "test_decode_failure_logged_to_security: %s",
    (encoded) => {
      expect(session.decode(encoded)).toEqual({});
      expect(rejected).toMatchObject([{ code: "bad-signature" }]);
    },
  );

  test("test_decode_serializer_exception", () => {
    // TimestampSigner(salt=key_salt).sign(b"invalid data") of Django 5.2.18.
    const encoded = "b'invalid data':1riz7A:kzlUqnXxu-dUHGm6JiLGNHqt8ntNEbRwL9C8okejCes";
    expect(session.decode(encoded)).toEqual({});
    expect(rejected).toMatchObject([{ code: "bad-payload" }]);
  });
});

test("test_actual_expiry: expected to fail in Django, since a custom expiry binds the browser alone", async () => {
  session.set("foo", "bar");
  session.setExpiry(new Date((NOW - 10) * 1000));
  session.save();
  const again = await make().open(`sessionid=${session.sessionKey}`);
  expect(again.get("foo")).toBe("bar");
});

test("test_unpickling_exception: what is genuine and cannot be read gives a new session", async () => {
  const signer = {
    backend: "timestamp_signer",
    salt: "django.contrib.sessions.backends.signed_cookies",
  } as const;
  const genuine = createCodec({ format: "django", secret: SECRET, ...signer }).sign("bm8", { now: NOW });
  session = await make().open(`sessionid=${genuine}`);
  expect(session.get("cat")).toBeUndefined();
  expect(flags()).toEqual({ accessed: true, modified: true });
  expect(session.entries()).toEqual([]);
});

test("test_test_cookie", () => {
  expect(session.has("testcookie")).toBe(false);
  session.setTestCookie();
  expect(session.testCookieWorked()).toBe(true);
  session.deleteTestCookie();
  expect(session.has("testcookie")).toBe(false);
});

test("test_is_empty", () => {
  expect(session.isEmpty()).toBe(true);
  expect(session.accessed).toBe(false);
});
