import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { PoolClient } from 'pg';

const mark = '/* keep plan */';

/** Put in front of a statement that is said once per message: a connection plans it once, which costs more than to run it. */
export const keepPlan: RawBuilder<unknown> = sql.raw(mark);

const names = new Map<string, string>();

/** Makes a connection prepare the marked statements under a name, and only them: there are a handful. */
export function keepPlans(client: PoolClient): void {
  const query = client.query.bind(client) as (...said: readonly unknown[]) => unknown;
  const named = (text: unknown, values: unknown, ...others: readonly unknown[]) =>
    typeof text === 'string' && text.startsWith(mark)
      ? query({ name: nameOf(text), text, values }, ...others)
      : query(text, values, ...others);
  client.query = named as typeof client.query;
}

function nameOf(text: string): string {
  const name = names.get(text) ?? `dearly-${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
  names.set(text, name);
  return name;
}
