import type { PagePieces } from '../../../merge/merge-page.ts';
import { keep } from '../../../template/keep.ts';

/** A quarter of a page, and the same in all of a pack's. */
const rulesAsBytes = keep((rules: string) => Buffer.from(rules), 100);

/** Where a page is written down, one after the other. Three times as large as a page that is twenty times as long as ours. */
const buffer = Buffer.allocUnsafeSlow(3 * 1024 * 1024);

/**
 * The page as it goes out. As one text it would be gone through three times on its way: to be joined, measured and written;
 * as a buffer for each piece still twice. Here each is written once, and the whole leaves as a copy.
 */
export function pageBytes({ head, rules, rest }: PagePieces): Buffer {
  const texts = [head, ...rest];
  const kept = rules.map((text) => rulesAsBytes(text));
  // A sign of UTF-16 takes three bytes at most.
  const mostBytes =
    texts.reduce((sum, it) => sum + 3 * it.length, 0) + kept.reduce((sum, it) => sum + it.length, 0);
  if (mostBytes > buffer.length) return Buffer.from([head, ...rules, ...rest].join(''));
  let end = buffer.write(head);
  for (const bytes of kept) end += bytes.copy(buffer, end);
  for (const text of rest) end += buffer.write(text, end);
  return Buffer.from(buffer.subarray(0, end));
}
