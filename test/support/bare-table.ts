import { type Kysely, sql } from 'kysely';

/**
 * Fills a table without its indexes and constraints and puts them back afterwards: an index is built in a fraction of the time
 * in which it grows. What refers to the table is checked again when it is put back.
 */
export async function fillBare<Schema>(
  db: Kysely<Schema>,
  table: string,
  fill: (session: Kysely<Schema>) => Promise<unknown>,
): Promise<void> {
  await db.connection().execute(async (session) => {
    const { rows: constraints } = await sql<{ owner: string; name: string; definition: string }>`
      select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
      where ${table}::regclass in (conrelid, confrelid) and contype in ('p', 'u', 'f')
      order by contype <> 'f', confrelid <> ${table}::regclass`.execute(session);
    const { rows: indexes } = await sql<{ name: string; definition: string }>`
      select indexname as name, indexdef as definition from pg_indexes
      where tablename = ${table} and indexname not in (select conname from pg_constraint)`.execute(session);
    for (const { owner, name } of constraints)
      await sql`alter table ${sql.id(owner)} drop constraint ${sql.id(name)}`.execute(session);
    for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(session);
    await fill(session);
    for (const { owner, name, definition } of constraints.toReversed())
      await sql`alter table ${sql.id(owner)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(
        session,
      );
    for (const { definition } of indexes) await sql.raw(definition).execute(session);
  });
}
