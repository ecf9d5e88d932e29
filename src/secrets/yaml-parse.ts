import { type Document, Lexer, parseAllDocuments } from "yaml";

export type YamlDocument = Document.Parsed;

const MAX_DEPTH = 100;

interface ParsedYaml {
  /** Undefined: the text is not valid, or nests deeper than 100. */
  readonly documents?: readonly YamlDocument[];
  /** Where the first error is. */
  readonly errorAt?: number;
}

/** Every document of a text, with offsets into it. Deep nesting is refused: the parser recurses. */
export function parseYaml(text: string): ParsedYaml {
  if (nestsDeeply(text)) return {};
  const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false });
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) return { errorAt: error.pos[0] };
  }
  return { documents: [...documents] };
}

function nestsDeeply(text: string): boolean {
  let brackets = 0;
  let dashes = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets++;
    else if (token === "]" || token === "}") brackets--;
    else if (token === "-" || token === "?") dashes++;
    else if (token === "\n" || token === "\r\n") dashes = 0;
    if (brackets > MAX_DEPTH || dashes > MAX_DEPTH) return true;
  }
  return false;
}
