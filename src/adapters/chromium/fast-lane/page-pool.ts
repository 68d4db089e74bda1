// Enters: tasks that want a page. Leaves: their results, first come, first served.
// Never: more pages than asked for, or one that drew so much that it grew.
import type { Page } from 'puppeteer-core';
import type { StageBrowser } from './open-stage-browser.ts';
import { PageLost } from './stage-page.ts';

export interface PagePoolOptions<Seated> {
  readonly openBrowser: () => Promise<StageBrowser>;
  /** Makes of a page that shows `index.html` what tasks work with. */
  readonly prepare: (page: Page) => Promise<Seated>;
  /** Pages at work side by side. */
  readonly pages: number;
  readonly pagesPerBrowser: number;
  /** Renderers grow; a page is closed after so many tasks, a browser after so many pages. */
  readonly tasksPerPage: number;
  readonly pagesPerBrowserLife: number;
}

interface Closing {
  /** False when it does not let go: then its browser ends. */
  close(): Promise<boolean>;
}

export interface PagePool<Seated> {
  /** Waits for a free page. After a task that rejects, the next one gets a new page. */
  use<T>(task: (page: Seated) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Tasks under way are lost. */
  close(): Promise<void>;
}

interface SeatOf<Seated> {
  page: Seated | null;
  browser: Held | null;
  tasks: number;
}

interface Held {
  readonly browser: StageBrowser;
  /** Pages open now, and ever. */
  open: number;
  opened: number;
  ended: boolean;
}

export function createPagePool<Seated extends Closing>(options: PagePoolOptions<Seated>): PagePool<Seated> {
  type Seat = SeatOf<Seated>;
  const free: Seat[] = Array.from({ length: options.pages }, () => ({ page: null, browser: null, tasks: 0 }));
  const waiting: ((seat: Seat) => void)[] = [];
  const browsers = new Set<Held>();
  let entering: Promise<unknown> = Promise.resolve();
  let closed = false;

  function sit(signal?: AbortSignal): Promise<Seat> {
    signal?.throwIfAborted();
    const seat = free.shift();
    if (seat) return Promise.resolve(seat);
    return new Promise((resolve, reject) => {
      const take = (it: Seat) => {
        signal?.removeEventListener('abort', leave);
        resolve(it);
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(take);
    });
  }

  function rise(seat: Seat): void {
    const next = waiting.shift();
    if (next) next(seat);
    else free.push(seat);
  }

  /** One at a time, so that two seats do not both start a browser for themselves. */
  function enter(): Promise<Held> {
    const turn = entering.then(async () => {
      for (const it of browsers) {
        const full = it.open >= options.pagesPerBrowser || it.opened >= options.pagesPerBrowserLife;
        if (!it.ended && !full) return hold(it);
      }
      const browser = await options.openBrowser();
      const held: Held = { browser, open: 0, opened: 0, ended: false };
      browser.onEnd(() => {
        held.ended = true;
      });
      browsers.add(held);
      return hold(held);
    });
    entering = turn.catch(() => {});
    return turn;
  }

  async function seatPage(seat: Seat): Promise<Seated> {
    if (seat.page) return seat.page;
    if (closed) throw new PageLost('the lane was closed', false);
    const held = await enter();
    seat.browser = held;
    seat.tasks = 0;
    try {
      seat.page = await options.prepare(await held.browser.openPage());
      return seat.page;
    } catch (cause) {
      await clear(seat, true);
      throw new PageLost(`no page opens (${cause instanceof Error ? cause.message : cause})`, false);
    }
  }

  /** `broken`: whatever does not close at once takes its browser with it. */
  async function clear(seat: Seat, broken: boolean): Promise<void> {
    const { page, browser: held } = seat;
    seat.page = null;
    seat.browser = null;
    if (held === null) return;
    const closes = held.ended || !page ? !broken : await page.close();
    held.open -= 1;
    const spent = held.open === 0 && held.opened >= options.pagesPerBrowserLife;
    if (!closes || held.ended || spent) {
      held.ended = true;
      browsers.delete(held);
      await held.browser.close();
    }
  }

  return {
    async use(task, signal) {
      const seat = await sit(signal);
      try {
        const page = await seatPage(seat);
        const result = await task(page);
        seat.tasks += 1;
        if (seat.tasks >= options.tasksPerPage) await clear(seat, false);
        return result;
      } catch (fault) {
        // A scene that fails may leave a page that is no longer like new: fonts in error, timers.
        const lost = fault instanceof PageLost;
        if (lost || !signal?.aborted) await clear(seat, lost);
        throw fault;
      } finally {
        rise(seat);
      }
    },
    async close() {
      closed = true;
      await entering;
      await Promise.all([...browsers].map(({ browser }) => browser.close()));
      browsers.clear();
    },
  };
}

function hold(held: Held): Held {
  held.open += 1;
  held.opened += 1;
  return held;
}
