import type { Limits } from "./cookie.ts";

export const DEFAULT_LIMITS: Limits = { maxLength: 1_048_576, maxInflated: 1_048_576, maxDepth: 1_000 };
