/** Runs one task after another, in the order asked. Who is called off before the turn comes never starts. */
export function takeTurns(): <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task, signal) => {
    const turn = last.then(() => {
      signal?.throwIfAborted();
      return task();
    });
    last = turn.catch(() => {});
    return turn;
  };
}
