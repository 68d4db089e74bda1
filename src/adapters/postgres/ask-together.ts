/**
 * One question for all that are asked while another is under way: alone, one waits for nothing; of fifty at once most go
 * together, and cost the database and the wire little more than one.
 */
export function askTogether<Answer>(
  find: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | undefined> {
  let next: { readonly keys: Set<string>; readonly answers: Promise<ReadonlyMap<string, Answer>> } | null =
    null;
  let last: Promise<unknown> = Promise.resolve();
  return async (key) => {
    if (next === null) {
      const keys = new Set<string>();
      const before = last;
      const answers = (async () => {
        await before;
        next = null;
        return await find([...keys]);
      })();
      next = { keys, answers };
      last = answers.catch(() => {});
    }
    next.keys.add(key);
    return (await next.answers).get(key);
  };
}
