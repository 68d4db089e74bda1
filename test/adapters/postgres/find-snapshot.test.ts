import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askTogether } from '../../../src/adapters/postgres/ask-together.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { findSnapshot } from '../../../src/adapters/postgres/find-snapshot.ts';
import { keepSnapshot } from '../../../src/adapters/postgres/keep-snapshot.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let made: TestDatabase;
let db: Database;
beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

const now = new Date();
const later = new Date(now.getTime() + 60_000);

async function kept(count: number): Promise<Snapshot[]> {
  const people = Array.from({ length: count }, () => ({ externalId: randomUUID(), consents: agreed }));
  await upsertProfiles(db, people);
  const names = people.map(({ externalId }) => externalId);
  const profiles = await db.selectFrom('profiles').select('id').where('external_id', 'in', names).execute();
  const snapshots = profiles.map(({ id }, index) => {
    const pack = { name: 'a', version: '1' };
    return {
      id: randomUUID(),
      profileId: id,
      pack,
      view: { index },
      madeAt: now.toISOString(),
    } as unknown as Snapshot;
  });
  for (const snapshot of snapshots) await keepSnapshot(db, snapshot, later);
  return snapshots;
}
const agreed = { tracking: { granted: true, at: '2026-01-01T00:00:00.000Z', source: 'import' } } as const;

test('many at once get each their own, the unknown among them nothing', async () => {
  const snapshots = await kept(30);
  const ids = [...snapshots.map(({ id }) => id), randomUUID()];
  for (let round = 0; round < 2; round++) {
    const found = await Promise.all([...ids, ...ids].map((id) => findSnapshot(db, id, now)));
    const views = found.map((it) => it?.snapshot.view ?? null);
    expect(views).toEqual([...snapshots, null, ...snapshots, null].map((it) => it?.view ?? null));
  }
});

test('what changes is asked each time, of a message that was seen before as well', async () => {
  const [seen, erased] = await kept(2);
  const look = (snapshot: Snapshot | undefined) => findSnapshot(db, snapshot?.id ?? '', now);
  expect(await look(seen)).toMatchObject({ isOver: false, counts: true });
  expect(await look(erased)).not.toBeNull();
  await db
    .updateTable('profiles')
    .set({ consents: '{}' })
    .where('id', '=', seen?.profileId ?? '')
    .execute();
  expect(await look(seen)).toMatchObject({ isOver: false, counts: false });
  await db
    .updateTable('snapshots')
    .set({ revoked_at: now })
    .where('id', '=', seen?.id ?? '')
    .execute();
  expect(await look(seen)).toMatchObject({ isOver: true });
  expect(await findSnapshot(db, seen?.id ?? '', later)).toMatchObject({ isOver: true });
  await db
    .deleteFrom('profiles')
    .where('id', '=', erased?.profileId ?? '')
    .execute();
  expect(await look(erased)).toBeNull();
});

test('the latest answer to each form comes along, and no other event', async () => {
  const [mine, other] = await kept(2);
  const say = (id: string | undefined, kind: string, data: object) =>
    db
      .insertInto('events')
      .values({
        key: randomUUID(),
        snapshot_id: id ?? '',
        kind,
        machine: false,
        at: now,
        data: JSON.stringify(data),
      })
      .execute();
  expect((await findSnapshot(db, mine?.id ?? '', now))?.answers).toEqual({});
  await say(mine?.id, 'answer', { form: 'nps', score: 3 });
  await say(mine?.id, 'answer', { form: 'goal', goal: 'save' });
  await say(mine?.id, 'answer', { form: 'nps', score: 9 });
  await say(mine?.id, 'visit', {});
  await say(other?.id, 'answer', { form: 'nps', score: 0 });
  const at = now.toISOString();
  expect((await findSnapshot(db, mine?.id ?? '', now))?.answers).toEqual({
    nps: { at, values: { score: 9 } },
    goal: { at, values: { goal: 'save' } },
  });
});

test('one question for all that wait; who asks after a failure is answered', async () => {
  const asked: (readonly string[])[] = [];
  const ask = askTogether(async (keys) => {
    asked.push(keys);
    await new Promise(setImmediate);
    if (keys.includes('bad')) throw new Error('away');
    return new Map(keys.map((key) => [key, key.toUpperCase()]));
  });
  const first = ask('a');
  await new Promise(process.nextTick);
  const others = [ask('b'), ask('c'), ask('b')];
  expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'B']);
  expect(asked).toEqual([['a'], ['b', 'c']]);
  await expect(Promise.all([ask('bad')])).rejects.toThrow('away');
  expect(await ask('d')).toBe('D');
});
