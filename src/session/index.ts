export type { Value } from "../encoding/values.ts";
export type { Expiry, ExpiryQuery } from "./expiry.ts";
export type { Rejection, SessionOptions } from "./options.ts";
export { keyvRevocation, type RevocationStore } from "./revocation.ts";
export type { Session, SessionData } from "./session.ts";
export { createSessions, type Outcome, type Sessions } from "./sessions.ts";
export type { StandardSchema } from "./standard-schema.ts";
export { SessionTooLargeError } from "./too-large.ts";
export { mergeVary } from "./vary.ts";
