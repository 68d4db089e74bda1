import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { findProfile } from '../../../src/adapters/postgres/find-profile.ts';
import { learnAnswer } from '../../../src/adapters/postgres/learn-answer.ts';
import { answer } from '../../../src/answer/answer.ts';
import type { Form } from '../../../src/template/form.ts';
import { type Exchange, openExchange } from './webhook-exchange.ts';

let exchange: Exchange;
beforeAll(async () => {
  exchange = await openExchange();
});
afterAll(() => exchange.close());

const meter: Form = {
  name: 'meter',
  fact: 'meter',
  fields: [{ name: 'reading', type: 'number' }],
  conversion: { value: 25, currency: 'EUR' },
};

test('fifty at once are one answer, one conversion, told once each; another form’s answer beside them is not lost', async () => {
  await exchange.listen('/good', 'message.answered', 'message.converted');
  const { claims, snapshots } = await exchange.handedOver(1);
  const snapshot = snapshots[0];
  if (!snapshot) throw new Error('nobody');
  const about = { profileId: snapshot.profileId, snapshotId: snapshot.id, at: new Date() };
  const say = (submission: string, reading: number, form = meter) =>
    learnAnswer(
      exchange.db,
      about,
      answer({ form, values: { reading }, submission, snapshot, at: about.at }),
    );
  const one = randomUUID();
  const other = say(randomUUID(), 7, { name: 'other', fact: 'other', fields: meter.fields });
  const learned = await Promise.all(Array.from({ length: 50 }, (_, at) => say(one, 100 + at)));
  expect(await other).toBe('new');
  expect(learned.filter((it) => it === 'new')).toHaveLength(1);
  expect(learned.filter((it) => it === 'again')).toHaveLength(49);

  const reading = 100 + learned.indexOf('new');
  const person = await findProfile(exchange.db, { id: snapshot.profileId });
  expect(person?.facts).toMatchObject({
    meter: { reading, pack: snapshot.pack.name },
    other: { reading: 7 },
  });
  const events = await exchange.db
    .selectFrom('events')
    .select(['kind', 'data', 'ledger_id'])
    .where('snapshot_id', '=', snapshot.id)
    .orderBy('kind')
    .execute();
  const row = { ledger_id: claims[0]?.rowId };
  expect(events).toHaveLength(3);
  expect(events).toContainEqual({ kind: 'answer', data: { form: 'meter', reading }, ...row });
  expect(events).toContainEqual({ kind: 'answer', data: { form: 'other', reading: 7 }, ...row });
  expect(events).toContainEqual({
    kind: 'conversion',
    data: { form: 'meter', value: 25, currency: 'EUR' },
    ...row,
  });
  const told = await exchange.db
    .selectFrom('webhook_deliveries')
    .select(['type', sql<string>`data ->> 'form'`.as('form')])
    .execute();
  expect(told.map(({ type, form }) => `${type} ${form}`).sort()).toEqual([
    'message.answered meter',
    'message.answered other',
    'message.converted meter',
  ]);

  await eraseProfile(exchange.db, snapshot.profileId, { secret: exchange.house });
  expect(await say(randomUUID(), 1)).toBe('gone');
});
