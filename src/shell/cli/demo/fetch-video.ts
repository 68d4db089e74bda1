import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DearlyError } from '../../../errors.ts';

/** A browser's words, because a machine's request never starts a render. */
const headers = {
  accept: 'application/json',
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) Dearly demo',
  'sec-fetch-mode': 'cors',
};

/** Asks for the MP4 as a recipient does, waits while it is made, and keeps it in `file`. */
export async function fetchVideo(
  url: string,
  file: string,
  options: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
): Promise<void> {
  for (;;) {
    const response = await fetch(url, { headers, signal: options.signal });
    if (response.status === 200) return await writeFile(file, await response.bytes());
    const body: unknown = await response.json().catch(() => null);
    if (response.status !== 202) {
      throw new DearlyError('render-failed', `The video's link answered ${response.status}.`, {
        details: [JSON.stringify(body)],
      });
    }
    if (typeof body === 'object' && body !== null && 'progress' in body)
      options.onProgress(Number(body.progress));
    // Ask oftener than Retry-After says: this is our own server, and a bar that moves is worth it.
    await wait(500, undefined, { signal: options.signal });
  }
}
