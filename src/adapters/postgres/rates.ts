// Enters: a database. Leaves: Rates, one statement per verb. Never: a slot in the past, or a clock other than the server's.
import { sql } from 'kysely';
import type { Rates, Reservation } from '../../run/pace/rates.ts';
import type { Database } from './connect.ts';

const milliseconds = (count: number) => sql`${count}::float8 * interval '1 millisecond'`;
const untilMs = (column: string) =>
  sql<number>`extract(epoch from ${sql.ref(column)} - clock_timestamp())::float8 * 1000`;

export function postgresRates(db: Database): Rates {
  return {
    async reserve({ campaign, domain, wanted, withinMs, slackMs, holdMs }) {
      const { rows } = await sql<Reservation>`
        select outcome, by_domain as "byDomain", wait_ms as "waitMs" from reserve_slots(
          ${campaign?.key ?? null}, ${campaign?.gapMs ?? null}, ${domain?.key ?? null}, ${domain?.gapMs ?? null},
          ${wanted}, ${withinMs}, ${slackMs}, ${holdMs})`.execute(db);
      const [reservation] = rows;
      if (reservation === undefined) throw new Error('reserve_slots has no answer');
      return reservation;
    },
    async queueUp({ key, gapMs }, notBeforeMs) {
      const { rows } = await sql<{ wait_ms: number }>`
        insert into rates (key, next_at) values (${key}, clock_timestamp() + ${milliseconds(notBeforeMs)})
        on conflict (key) do update set next_at = greatest(rates.next_at + ${milliseconds(gapMs)}, excluded.next_at)
        returning ${untilMs('next_at')} as wait_ms`.execute(db);
      return rows[0]?.wait_ms ?? notBeforeMs;
    },
    async pauses() {
      return await db
        .selectFrom('domain_pauses')
        .select(['domain', untilMs('until').as('waitMs')])
        .execute();
    },
    async pause(domain, response, { baseMs, longestMs }) {
      // Up to a quarter off, so that domains that were stopped together do not come back together.
      await sql`
        insert into domain_pauses (domain, until, response)
        values (${domain}, now() + ${milliseconds(baseMs)} * (1 - random() / 4), ${response})
        on conflict (domain) do update set
          strikes = least(domain_pauses.strikes + 1, 30),
          until = now() + least(${longestMs}::float8, ${baseMs}::float8 * 2 ^ least(domain_pauses.strikes, 30))
            * (1 - random() / 4) * interval '1 millisecond',
          response = excluded.response
        where domain_pauses.until <= now()`.execute(db);
    },
    async ease(domain) {
      await sql`
        with gone as (delete from domain_pauses where domain = ${domain} and strikes <= 1)
        update domain_pauses set strikes = strikes / 2 where domain = ${domain} and strikes > 1`.execute(db);
    },
    async forget() {
      await sql`
        with gone as (delete from domain_pauses where until < now() - interval '1 day')
        delete from rates where next_at < now() - interval '1 minute'`.execute(db);
    },
  };
}
