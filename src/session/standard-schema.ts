/**
 * A validator by the Standard Schema specification, version 1: zod, valibot, arktype and others are such.
 * Source: https://standardschema.dev
 */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    /** Gives the value, possibly changed, or what is wrong with it. */
    readonly validate: (value: unknown) => Validation | Promise<Validation>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type Validation =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * What is wrong with a value, as `cart.0: expected number`; undefined when nothing is.
 * @throws {TypeError} on a validator that answers with a promise
 */
export function faultOf(schema: StandardSchema, value: unknown): string | undefined {
  const result = schema["~standard"].validate(value);
  if ("then" in result) throw new TypeError("a session is validated synchronously");
  const [issue] = result.issues ?? [];
  if (issue === undefined) return undefined;
  const path = issue.path?.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
  return path ? `${path}: ${issue.message}` : issue.message;
}
