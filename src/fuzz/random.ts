import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import * as platform from "#platform";
import { encodeUtf8 } from "../encoding/utf8.ts";

/** Numbers that the same seed gives again. */
export interface Random {
  /** 0 … `limit` - 1. */
  below(limit: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** `purpose` gives each user of a seed numbers of its own. */
export function makeRandom(seed: number, purpose: string): Random {
  const digest = platform.hash("sha256", encodeUtf8(`${seed} ${purpose}`));
  const generator = xoroshiro128plus(new DataView(digest.buffer, digest.byteOffset).getInt32(0));
  const below = (limit: number) => uniformInt(generator, 0, limit - 1);
  return {
    below,
    pick: (items) => items[below(items.length)] as (typeof items)[0],
    shuffle(items) {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
  };
}
