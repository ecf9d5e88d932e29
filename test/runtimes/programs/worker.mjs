import { report } from "./library.mjs";

export default { fetch: () => Response.json(report()) };
