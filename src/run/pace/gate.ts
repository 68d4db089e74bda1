/** Lets so many through at once, in the order they came. */
export interface Gate {
  /** Resolves with what lets the next one in; call it once. Rejects with the signal's reason when aborted. */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function makeGate(places: number): Gate {
  const waiting = new Set<() => void>();
  let free = places;

  const leave = () => {
    const [next] = waiting;
    if (next === undefined) free++;
    else next();
  };

  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free--;
        return leave;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const go = () => {
        waiting.delete(go);
        resolve();
      };
      const give = () => {
        waiting.delete(go);
        reject(signal?.reason);
      };
      waiting.add(go);
      signal?.addEventListener('abort', give, { once: true });
      try {
        await promise;
      } finally {
        signal?.removeEventListener('abort', give);
      }
      return leave;
    },
  };
}
