import { expect, test } from "@jest/globals";
import { tests } from "./minted.mjs";

tests({ expect, test });
