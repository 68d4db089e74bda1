import { firstFrameMs } from './visits/first-frame.ts';
import { loadEvents } from './visits/load-events.ts';
import { loadPages } from './visits/load-pages.ts';
import { openVisited } from './visits/open-visited.ts';

export const title =
  'Personal pages of 1,000 people over HTTP, 50 connections, each visit counted; their events; the first personal frame. No yardstick: the promise is 1,500 pages a second with a p99 under 100 ms, and a frame within 1,500 ms.';

const people = 1000;
/** Warm up, and send their events one by one: a link takes thirty batches a minute, and the people above have used theirs. */
const others = 1000;
/** Events that a page gathers in a few seconds of watching. */
const gathered = 5;

export async function measure(): Promise<Record<string, number>> {
  const all = await openVisited(people + others);
  try {
    const visited = { ...all, messages: all.messages.slice(0, people) };
    const strangers = { ...all, messages: all.messages.slice(people) };
    // The first visits tell what a message costs that nobody has opened before, not what starting up does.
    await loadPages(strangers, { seconds: 5 });
    const first = await loadPages(visited, { visitsEach: 1 });
    const pages = await loadPages(visited, { seconds: 15 });
    const events = await loadEvents(visited, { seconds: 10, perBatch: gathered });
    const single = await loadEvents(strangers, { seconds: 5, perBatch: 1 });
    return {
      requestsPerSecond: pages.perSecond,
      p99Ms: pages.p99Ms,
      eventsPerSecond: events.perSecond,
      timeToFirstFrameMs: await firstFrameMs(visited),
      firstVisitsPerSecond: first.perSecond,
      firstVisitsP99Ms: first.p99Ms,
      pageKb: pages.pageKb,
      serverMsPerPage: pages.serverMsPerPage,
      databaseMsPerPage: pages.databaseMsPerPage,
      visitsCounted: await visited.count('visit'),
      eventsP99Ms: events.p99Ms,
      singleEventsPerSecond: single.perSecond,
    };
  } finally {
    await all.close();
  }
}
