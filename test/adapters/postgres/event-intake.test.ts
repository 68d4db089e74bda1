import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openIntake } from '../../../src/adapters/postgres/event-intake.ts';
import { openHouse } from '../../shell/http/open-house.ts';

test('what somebody does while they are erased is dropped, and no fault', async () => {
  const house = await openHouse();
  try {
    const { db } = house.wire;
    const person = await house.person();
    const { snapshot } = await house.links(person);
    const at = new Date().toISOString();
    const done = {
      key: randomUUID(),
      snapshotId: snapshot.id,
      kind: 'visit',
      machine: false,
      at,
      data: {},
    } as const;
    let taken: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('snapshots').where('id', '=', snapshot.id).execute();
      taken = openIntake(db).take([done]);
      taken.catch(() => {});
      // The note has found the snapshot, and waits to hear whether it stays.
      await expect
        .poll(async () => {
          const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database()
            and wait_event_type = 'Lock' and query like '%insert into events%'`.execute(db);
          return rows.length;
        })
        .toBe(1);
    });
    await taken;
    expect(await house.events(snapshot.id)).toEqual([]);
  } finally {
    await house.close();
  }
});
