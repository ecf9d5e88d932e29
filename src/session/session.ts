import { setKey, type Value, type ValueObject } from "../encoding/values.ts";
import { type Expiry, type ExpiryQuery, expiryAge, expiryDate, readExpiry, writeExpiry } from "./expiry.ts";
import { joinCookies } from "./request-cookies.ts";
import type { Loaded, SessionData, SessionStore } from "./session-store.ts";

const EXPIRY = "_session_expiry";
const TEST_COOKIE = "testcookie";
const WORKED = "worked";

/** Django takes shorter keys for none. */
const SHORTEST_KEY = 8;

/**
 * The session of one request, with the meaning of Django's `SessionBase` over its signed_cookies backend: the whole
 * of it is in the cookie. It is read at the first access.
 *
 * Source: django/contrib/sessions/backends/base.py and signed_cookies.py.
 */
export class Session<Data extends object = SessionData> {
  /** Set by every access: the response depends on the cookie. */
  accessed = false;
  /** Set by every write; set it yourself after a change deeper inside. */
  modified = false;
  readonly #store: SessionStore;
  #key: string | undefined;
  #data: Record<string, Value> | undefined;
  #loaded: Loaded | undefined;
  #id: string | undefined;
  #revocations: Promise<void>[] | undefined;

  /** Its cookies in the request, by what follows the name; see `readCookies`. */
  readonly sent: ReadonlyMap<string, string>;

  constructor(store: SessionStore, sent: ReadonlyMap<string, string>) {
    this.#store = store;
    this.sent = sent;
    this.#key = validKey(joinCookies(sent));
  }

  /** The value of the key, or `missing` where there is none. */
  get<K extends keyof Data & string>(key: K): Data[K] | undefined;
  /** The value of the key, or `missing` where there is none. */
  get<K extends keyof Data & string, Default>(key: K, missing: Default): Data[K] | Default;
  get(key: string, missing?: unknown): unknown {
    const data = this.#open();
    return Object.hasOwn(data, key) ? data[key] : missing;
  }

  /** Any value that JSON holds; what it cannot hold is found when the session is saved. */
  set<K extends keyof Data & string>(key: K, value: Data[K]): this {
    this.#put(key, value as Value);
    return this;
  }

  /** Also true for a key whose value is null. */
  has(key: keyof Data & string): boolean {
    return Object.hasOwn(this.#open(), key);
  }

  /** Whether there was such a key. */
  delete(key: keyof Data & string): boolean {
    return this.#remove(key);
  }

  /** Takes the key out, and gives its value, or `missing` where there is none. */
  pop<K extends keyof Data & string>(key: K): Data[K] | undefined;
  /** Takes the key out, and gives its value, or `missing` where there is none. */
  pop<K extends keyof Data & string, Default>(key: K, missing: Default): Data[K] | Default;
  pop(key: string, missing?: unknown): unknown {
    const value = this.#open()[key];
    return this.#remove(key) ? value : missing;
  }

  /** The value of the key, which is `value` from now on if there was none. */
  setDefault<K extends keyof Data & string>(key: K, value: Data[K]): Data[K] {
    const data = this.#open();
    if (!Object.hasOwn(data, key)) this.#put(key, value as Value);
    return data[key] as Data[K];
  }

  /** Sets each of these keys, and leaves the others. */
  update(values: Partial<Data>): void {
    this.#open();
    for (const [key, value] of Object.entries(values)) this.#put(key, value as Value);
    this.modified = true;
  }

  /** In the order in which they were set; those that look like integers come first, as in every object. */
  keys(): (keyof Data & string)[] {
    return Object.keys(this.#open()) as (keyof Data & string)[];
  }

  /** In the order of `keys`. */
  values(): Data[keyof Data][] {
    return Object.values(this.#open()) as Data[keyof Data][];
  }

  /** In the order of `keys`. */
  entries(): [keyof Data & string, Data[keyof Data]][] {
    return Object.entries(this.#open()) as [keyof Data & string, Data[keyof Data]][];
  }

  /** How many keys there are. */
  get size(): number {
    return Object.keys(this.#open()).length;
  }

  /** Forgets what is in it without reading it. The cookie stays, with an empty session: see `flush`. */
  clear(): void {
    this.#data = {};
    this.accessed = true;
    this.modified = true;
  }

  /** Ends the session: the cookie is deleted, and with revocation its copies are useless too. */
  flush(): void {
    this.#revoke(this.id);
    this.clear();
    this.#id = undefined;
    this.#loaded = undefined;
    this.#key = undefined;
  }

  /** The same data under a new signature and, with revocation, a new id: for the moment of a login. */
  cycleKey(): void {
    const { id } = this;
    this.#id = undefined;
    this.save();
    this.#revoke(id);
  }

  /** Neither a cookie nor anything in it. */
  isEmpty(): boolean {
    return this.#key === undefined && (this.#data === undefined || Object.keys(this.#data).length === 0);
  }

  /**
   * Signs what is in it; the response brings the cookie. Called for you at the end of a request that changed it.
   * @throws {SessionTooLargeError} when no browser would keep it
   * @throws {TypeError} on a value that JSON cannot hold
   */
  save(): void {
    const data = this.#open();
    this.#id ??= this.#store.ids?.make();
    this.#key = this.#store.dump(data, this.#id, this);
    this.modified = true;
  }

  /** The cookie's value: as it came, or as `save` signed it. */
  get sessionKey(): string | undefined {
    return this.#key;
  }

  /** By what its cookies are revoked; undefined without revocation, and for a session that has no cookie yet. */
  get id(): string | undefined {
    if (this.#store.ids === undefined || this.#key === undefined) return undefined;
    this.#open();
    return this.#id;
  }

  /** Opened, and better signed again: under a fallback, in an outdated layout, or past `refreshAfter`. */
  get stale(): boolean {
    return this.#loaded?.stale === true;
  }

  /** When the cookie that it was opened from was signed, in Unix seconds. */
  get issuedAt(): number | null {
    this.#open();
    return this.#loaded?.issuedAt ?? null;
  }

  /**
   * When it ends: seconds after its last change, at a moment, 0 with the browser, null as the options say.
   * The browser keeps to it; what this backend accepts depends on the options' `maxAge` alone, as in Django.
   * A date is stored as Django 4.1 and later with USE_TZ do; one with USE_TZ off fails on it and needs seconds.
   * @throws {TypeError} on a date where `version` is a Django before 4.1, which cannot save it either
   */
  setExpiry(expiry: Expiry): void {
    if (expiry instanceof Date && !this.#store.storesMoments) {
      throw new TypeError("Django before 4.1 stores no date: give seconds");
    }
    if (expiry !== null) this.#put(EXPIRY, writeExpiry(expiry));
    else this.#remove(EXPIRY);
  }

  /** Seconds. */
  getExpiryAge({ modification = this.#store.now(), expiry = this.#expiry() }: ExpiryQuery = {}): number {
    return expiryAge(expiry, modification, this.#store.maxAge);
  }

  /** The moment at which the age of `getExpiryAge` is reached. */
  getExpiryDate({ modification = this.#store.now(), expiry = this.#expiry() }: ExpiryQuery = {}): Date {
    return expiryDate(expiry, modification, this.#store.maxAge);
  }

  /** Whether the cookie ends with the browser: `setExpiry(0)`, or the options where nothing was set. */
  getExpireAtBrowserClose(): boolean {
    const expiry = this.#expiry();
    return expiry === null ? this.#store.expireAtBrowserClose : expiry === 0;
  }

  /** Leaves a mark, to see in the next request whether the browser takes cookies. */
  setTestCookie(): void {
    this.#put(TEST_COOKIE, WORKED);
  }

  /** The mark of `setTestCookie` came back. */
  testCookieWorked(): boolean {
    return this.#open()[TEST_COOKIE] === WORKED;
  }

  /** Takes the mark of `setTestCookie` away. */
  deleteTestCookie(): void {
    this.#remove(TEST_COOKIE);
  }

  /** As `SessionBase.encode`: the text that Django's database backend keeps. */
  encode(data: Partial<Data>): string {
    return this.#store.encode(data as ValueObject);
  }

  /** The reverse; empty for a text that was not accepted. */
  decode(text: string): Partial<Data> {
    return this.#store.decode(text) as Partial<Data>;
  }

  /** Forgets everything, as for a cookie that was not accepted. */
  reject(): void {
    this.#loaded = undefined;
    this.#id = undefined;
    this.#data = {};
    this.modified = true;
  }

  /** Resolves when the revocations of this request are stored, and the response may end; undefined without any. */
  get settled(): Promise<unknown> | undefined {
    return this.#revocations && Promise.all(this.#revocations);
  }

  #open(): Record<string, Value> {
    this.accessed = true;
    this.#data ??= this.#load();
    return this.#data;
  }

  #load(): Record<string, Value> {
    if (this.#key === undefined) return {};
    this.#loaded = this.#store.load(this.#key);
    if (this.#loaded === undefined) {
      this.modified = true;
      return {};
    }
    this.#id = this.#loaded.id;
    return this.#loaded.data as Record<string, Value>;
  }

  #put(key: string, value: Value): void {
    setKey(this.#open(), key, value);
    this.modified = true;
  }

  #remove(key: string): boolean {
    const data = this.#open();
    if (!Object.hasOwn(data, key)) return false;
    delete data[key];
    this.modified = true;
    return true;
  }

  #expiry(): Expiry {
    return readExpiry(this.#open()[EXPIRY]);
  }

  #revoke(id: string | undefined): void {
    if (id === undefined || this.#store.ids === undefined) return;
    const revocation = this.#store.ids.revoke(id);
    // Whoever ends the response waits for it, and learns of its failure.
    revocation.catch(() => undefined);
    this.#revocations = [...(this.#revocations ?? []), revocation];
  }
}

function validKey(key: string | undefined): string | undefined {
  return key === undefined || key.length < SHORTEST_KEY ? undefined : key;
}
