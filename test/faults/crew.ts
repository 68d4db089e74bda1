// Enters: how to start a worker. Leaves: warm ones, as many as are asked for. Never: one that is still there after `close`.
import type { Worker } from './worker/start-worker.ts';

export interface Crew {
  /** One that is loaded and connected, and waits for a word. The next one is warmed up meanwhile, unless it is the last. */
  hire(which?: 'last'): Promise<Worker>;
  /** Of all that were ever hired. */
  readonly workers: readonly Worker[];
  close(): Promise<void>;
}

export function openCrew(start: () => Promise<Worker>): Crew {
  const workers: Worker[] = [];
  const starting = new Set<Promise<Worker>>();
  let spare: Promise<Worker> | null = null;
  let isClosed = false;

  function warm(): Promise<Worker> {
    const worker = start();
    starting.add(worker);
    worker.catch(() => {}).finally(() => starting.delete(worker));
    return worker;
  }

  return {
    workers,
    async hire(which) {
      if (isClosed) throw new Error('the crew has gone home');
      const worker = await (spare ?? warm());
      spare = isClosed || which === 'last' ? null : warm();
      // Whoever hires it hears of it; one that nobody hires may fail in silence.
      spare?.catch(() => {});
      workers.push(worker);
      return worker;
    },
    async close() {
      isClosed = true;
      const idle = spare === null ? [] : await spare.then((it) => [it]).catch(() => []);
      const late = await Promise.allSettled([...starting]);
      const all = [...workers, ...idle, ...late.flatMap((it) => (it.status === 'fulfilled' ? it.value : []))];
      for (const worker of all) if (worker.isAlive) worker.signal('SIGKILL');
      await Promise.all(all.map((worker) => worker.ended));
    },
  };
}
