import { sql } from 'kysely';
import type { FilmIndex, UsedFile } from '../../run/video/film-index.ts';
import type { Database } from './connect.ts';

/** So that whoever waits for one of them does not wait for long. */
const droppedTogether = 50;

/** The table is named after those that came first, and are most of it: scenes. */
export function postgresFilmIndex(db: Database): FilmIndex {
  return {
    async use(owner, keys) {
      // Sorted, so that two films that share segments lock their rows in the same order.
      await sql`
        insert into segments (key, video_key)
        select distinct key, ${owner} from unnest(${keys}::text[]) as key order by key
        on conflict (key) do update set used_at = now()`.execute(db);
    },

    async keep(key, sizeBytes) {
      const { numUpdatedRows } = await db
        .updateTable('segments')
        .set({ size_bytes: sizeBytes, used_at: sql`now()` })
        .where('key', '=', key)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async touch(key) {
      // A player asks for many ranges in a row; one note a minute is enough.
      await sql`
        update segments set used_at = now() where key = ${key} and used_at < now() - interval '1 minute'`.execute(
        db,
      );
    },

    async has(keys) {
      const { rows } = await sql<{ key: string }>`
        select key from segments where key = any(${keys}::text[]) and size_bytes is not null`.execute(db);
      return new Set(rows.map((it) => it.key));
    },

    async overBudget(budgetBytes) {
      // As text, because a Date would lose the microseconds that tell whether it was used since.
      const { rows } = await sql<UsedFile>`
        select key, used_at::text as "usedAt" from (
          select key, used_at, sum(coalesce(size_bytes, 0)) over (order by used_at desc, key) as total from segments
        ) as by_age
        where total > ${budgetBytes} and (key like 'segment/%' or used_at < now() - interval '15 minutes')
        order by used_at limit 10000`.execute(db);
      return rows;
    },

    async forgetOwner(owner) {
      const gone = await db
        .deleteFrom('segments')
        .where('video_key', '=', owner)
        .where('key', '!=', owner)
        .returning('key')
        .execute();
      return gone.map((it) => it.key);
    },

    async drop(files, remove) {
      for (let at = 0; at < files.length; at += droppedTogether) {
        const few = files.slice(at, at + droppedTogether);
        const keys = few.map((it) => it.key);
        const times = few.map((it) => it.usedAt);
        await db.transaction().execute(async (trx) => {
          // Rows that somebody else drops or uses at this moment are theirs.
          const { rows } = await sql<{ key: string }>`
            delete from segments where key in (
              select key from segments join unnest(${keys}::text[], ${times}::timestamptz[]) as seen (key, used_at)
                using (key, used_at) order by key for update of segments skip locked
            ) returning key`.execute(trx);
          // Before the rows are gone for good: a file without a row would never go, a row without a file is made again.
          for (const { key } of rows) await remove(key);
        });
      }
    },
  };
}
