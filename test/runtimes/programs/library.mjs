/** Beside the installed package: the vectors on it, with the provider that its own `#platform` gives it here. */
import { createCodec, detect, formats } from "cookiesess";
import * as platform from "./node_modules/cookiesess/platform.mjs";
import { runVectors } from "./run-vectors.mjs";
import vectors from "./vectors.mjs";

export const report = () => runVectors(vectors, { createCodec, detect, formats, platform });
