import { openQueue, type PgQueue } from './queue.ts';

/** Starts pg-boss at the first job: most commands never need it. */
export function lazyQueue(databaseUrl: string, onError: (error: Error) => void): PgQueue {
  let opened: Promise<PgQueue> | undefined;
  const open = () => (opened ??= openQueue(databaseUrl, onError));
  return {
    wakeRun: async (...args) => (await open()).wakeRun(...args),
    wakeVideo: async (...args) => (await open()).wakeVideo(...args),
    work: async (work) => (await open()).work(work),
    close: async () => (await opened)?.close(),
  };
}
