import { expect, test } from "vitest";
import { tests } from "./minted.mjs";

tests({ expect, test });
