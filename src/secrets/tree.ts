import type { Edit } from "./editor.ts";

/** What stands at a key, as far as secrets go. */
export type Leaf =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "list"; readonly values: readonly string[] }
  | { readonly kind: "nothing" }
  /** Other places refer to it. */
  | { readonly kind: "shared" }
  /** `what` finishes "… is". */
  | { readonly kind: "other"; readonly what: string };

/** A JSON or YAML text. A `Place` is its own notion of a value with its key; a document's value has none. */
export interface Tree<Place> {
  /** The outermost values: one a document. */
  readonly roots: readonly Place[];
  /** A mapping's members of that name: more than one when it is there twice. Empty for anything else. */
  members(place: Place, key: string): readonly Place[];
  leaf(place: Place): Leaf;
  /** Everything but these members, in a form that can be compared. */
  rest(except: readonly Place[]): string;
  /** Alternative edits, the one nearest to the present style first; as for the others below. */
  setText(place: Place, value: string): readonly Edit[];
  setList(place: Place, values: readonly string[]): readonly Edit[];
  /** A new member directly after one, in its style. */
  add(after: Place, key: string, content: string | readonly string[]): readonly Edit[];
  /** The state that is kept for a member. */
  state(place: Place): string | undefined;
  setState(place: Place, text: string): readonly Edit[];
}

/** A member, and how its text is to be understood. */
export interface Located<Place> {
  readonly place: Place;
  /** The path before its own name: "django." */
  readonly prefix: string;
  /** `native`: lists are lists; `text`, `base64`: lists stand in one text. */
  readonly coding: "native" | "text" | "base64";
}

/** Every definition of a key: more than one is a fault of the document. */
export type Locate = <Place>(tree: Tree<Place>, key: string) => readonly Located<Place>[];

/** Dotted paths; at each mapping, the longest literal key that fits goes first. */
export function locatePath<Place>(tree: Tree<Place>, key: string): readonly Located<Place>[] {
  return tree.roots.flatMap((root) => follow(tree, root, "", key));
}

function follow<Place>(
  tree: Tree<Place>,
  from: Place,
  prefix: string,
  path: string,
): readonly Located<Place>[] {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const members = tree.members(from, path.slice(0, end));
    if (members.length > 1 || end === path.length) {
      if (members.length > 0) return members.map((place) => ({ place, prefix, coding: "native" }));
      continue;
    }
    const below = prefix + path.slice(0, end + 1);
    const found = members.flatMap((member) => follow(tree, member, below, path.slice(end + 1)));
    if (found.length > 0) return found;
  }
  return [];
}
