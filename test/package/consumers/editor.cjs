const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");

/** An editor that takes the text away and types another. */
const path = process.argv[2];
if (readFileSync(path, "utf8") !== "{}") process.exit(1);
writeFileSync(path, "");
appendFileSync(path, '{"name":"Zoë 北"}');
