import type { PageData } from '../../../merge/merge-page.ts';

let read: Partial<PageData> | null = null;

/** What the server left in the page for its code; it writes all of it, but a page of old may lack a part. */
export function readPage(): Partial<PageData> {
  read ??= JSON.parse(document.getElementById('dearly-page')?.textContent || '{}') as Partial<PageData>;
  return read;
}
