/** Runs `work` once for all who ask for the same key at the same time. It is aborted when the last of them has gone. */
export type ShareWork<T> = (
  key: string,
  work: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

interface Shared<T> {
  readonly done: Promise<T>;
  readonly end: AbortController;
  waiting: number;
}

export function shareWork<T>(): ShareWork<T> {
  const running = new Map<string, Shared<T>>();

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const end = new AbortController();
    const forget = () => {
      if (running.get(key) === shared) running.delete(key);
    };
    const shared: Shared<T> = { done: work(end.signal).finally(forget), end, waiting: 0 };
    // Whoever comes after the abort starts anew.
    end.signal.addEventListener('abort', forget);
    running.set(key, shared);
    return shared;
  }

  return async (key, work, signal) => {
    signal?.throwIfAborted();
    const shared = running.get(key) ?? begin(key, work);
    shared.waiting += 1;
    const gone = Promise.withResolvers<never>();
    const leave = () => {
      shared.waiting -= 1;
      if (shared.waiting > 0) gone.reject(signal?.reason);
      // The last one waits until the work has cleared up behind itself.
      else shared.end.abort(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([shared.done, gone.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      if (!signal?.aborted) shared.waiting -= 1;
    }
  };
}
