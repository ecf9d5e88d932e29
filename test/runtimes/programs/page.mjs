import { report } from "./library.mjs";

globalThis.report = report;
