import { type RawBuilder, sql } from 'kysely';
import type { Profile } from '../../profile/profile.ts';
import type { Rule } from '../../segment/rule.ts';
import { toSql } from '../../segment/to-sql.ts';
import type { Database } from './connect.ts';
import { toProfile } from './profile-row.ts';

/** A rule as a condition for any query over `profiles`; its data travels as bind parameters only. */
export function memberCondition(rule: Rule): RawBuilder<boolean> {
  const { text, values } = toSql(rule);
  const pieces = text.split(/\$\d+/).map((piece) => sql.raw(piece));
  return sql`${sql.join(
    pieces.flatMap((piece, index) => (index === 0 ? [piece] : [sql`${values[index - 1]}`, piece])),
    sql``,
  )}`;
}

/**
 * One page of a segment, ordered by id; the last one's id is the next page's `after`.
 * To freeze an audience, `insert … select … where memberCondition(rule)` instead.
 */
export async function selectMembers(
  db: Database,
  rule: Rule,
  page: { readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<readonly Profile[]> {
  const rows = await db
    .selectFrom('profiles')
    .selectAll()
    .where(memberCondition(rule))
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit ?? 1000)
    .execute();
  return rows.map(toProfile);
}

export async function countMembers(db: Database, rule: Rule): Promise<number> {
  const row = await db
    .selectFrom('profiles')
    .select((it) => it.fn.countAll().as('count'))
    .where(memberCondition(rule))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
