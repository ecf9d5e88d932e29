/** A JSON value and where it stands, in UTF-16 code units. */
export interface JsonNode {
  readonly kind: "object" | "array" | "scalar";
  readonly start: number;
  end: number;
  /** The members of an object, the items of an array. */
  readonly children: JsonChild[];
}

export interface JsonChild {
  /** Undefined in an array. */
  readonly key: string | undefined;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly node: JsonNode;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;

/** Where everything stands in a text; undefined when it is not JSON. A byte order mark is passed over. */
export function readJsonTree(text: string): JsonNode | undefined {
  const body = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  try {
    JSON.parse(body);
  } catch {
    return undefined;
  }
  return buildTree(body);
}

/** Of valid JSON, so that only the nesting has to be followed. */
function buildTree(text: string): JsonNode {
  const root: JsonNode = { kind: "array", start: 0, end: text.length, children: [] };
  const open: JsonNode[] = [root];
  let key: Omit<JsonChild, "node"> | undefined;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const start = match.index;
    const end = start + token.length;
    const parent = open.at(-1) ?? root;
    if (token === "," || token === ":") continue;
    if (token === "}" || token === "]") {
      parent.end = end;
      open.pop();
    } else if (parent.kind === "object" && key === undefined) {
      key = { key: String(JSON.parse(token)), keyStart: start, keyEnd: end };
    } else {
      const node: JsonNode = { kind: KINDS[token] ?? "scalar", start, end, children: [] };
      parent.children.push({ ...(key ?? { key: undefined, keyStart: start, keyEnd: start }), node });
      key = undefined;
      if (node.kind !== "scalar") open.push(node);
    }
  }
  return root.children[0]?.node ?? root;
}

const KINDS: Readonly<Record<string, JsonNode["kind"]>> = { "{": "object", "[": "array" };
