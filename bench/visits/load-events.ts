import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { browser } from './load-pages.ts';
import type { Visited } from './open-visited.ts';

const connections = 20;
/** Batches as the pages of many people send them; counted in the database, not by who sent them. */
export async function loadEvents(
  { url, messages, count }: Visited,
  { seconds, perBatch }: { readonly seconds: number; readonly perBatch: number },
): Promise<{ readonly perSecond: number; readonly p99Ms: number }> {
  let next = 0;
  const before = await count('video-progress');
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: { ...browser, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    requests: [
      {
        method: 'POST',
        setupRequest(request) {
          const message = messages[next++ % messages.length];
          const events = Array.from({ length: perBatch }, (_, index) => ({
            id: randomUUID(),
            kind: 'video-progress',
            at: new Date().toISOString(),
            data: { percent: [25, 50, 75, 100][index % 4] },
          }));
          return {
            ...request,
            path: message?.links.answer.slice(url.length),
            body: JSON.stringify({ events }),
          };
        },
      },
    ],
  });
  const kept = (await count('video-progress')) - before;
  const accepted = result['2xx'] * perBatch;
  // At the end of the time a batch may be on its way: kept, and not answered any more.
  if (result.non2xx + result.errors > 0 || kept < accepted || kept > accepted + connections * perBatch) {
    throw new Error(
      `${accepted} events were accepted and ${kept} kept; ${result.non2xx} batches were refused.`,
    );
  }
  return { perSecond: Math.round(kept / result.duration), p99Ms: result.latency.p99 };
}
