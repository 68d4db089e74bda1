import type { PagePieces } from '../../merge/merge-page.ts';
import { keep } from '../../template/keep.ts';

/** A quarter of a page, and the same in all of a pack's. */
const rulesAsBytes = keep((rules: string) => Buffer.from(rules), 100);

/** The page as it goes out. As one text it would be gone through three times on its way: to be joined, measured and written. */
export function pageBytes({ head, rules, rest }: PagePieces): Buffer {
  return Buffer.concat([
    Buffer.from(head),
    ...rules.map((text) => rulesAsBytes(text)),
    ...rest.map((text) => Buffer.from(text)),
  ]);
}
