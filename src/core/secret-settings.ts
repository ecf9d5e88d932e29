/** What a new secret is drawn from. */
export type SecretShape =
  | { readonly alphabet: string; readonly length: number }
  | {
      readonly bytes: number;
      /** A cipher's key: no other length will do. */
      readonly isExact?: true;
      readonly encoding: "hex" | "base64url" | "base64";
      readonly prefix?: string | undefined;
    };

/** How a framework's settings name its secrets, in what order it takes them, and what they sign. */
export interface SecretSettings {
  readonly secret: string;
  readonly fallbacks: string;
  /** Where the framework expects the newest of the fallbacks. */
  readonly order: "newest-first" | "newest-last";
  readonly shape: SecretShape;
  /** What the secret signs besides sessions, and what a rotation with fallbacks means for it. */
  readonly signs: readonly { readonly what: string; readonly effect: string }[];
}
