import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetReports } from '../../../src/adapters/postgres/bounces/keep-report.ts';
import { takeBounce } from '../../../src/adapters/postgres/bounces/take-bounce.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { eraseProfile } from '../../../src/adapters/postgres/erase-profile.ts';
import { findSuppressions } from '../../../src/adapters/postgres/find-suppressions.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import type { Ledger, RowHistory } from '../../../src/run/ledger.ts';
import type { KnownBounce } from '../../../src/run/take-report.ts';
import { testDatabase } from '../../support/database.ts';
import { sentMessage } from '../../support/sent-message.ts';

const secret = Buffer.from('a secret of thirty-two characters');
const email = 'ada@example.org';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let ledger: Ledger;
let profileId: string;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  ledger = postgresLedger(db, secret);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate profiles, runs, suppressions, reports cascade`.execute(db);
  await upsertProfiles(db, [{ externalId: 'A-1', email }]);
  profileId = (await db.selectFrom('profiles').select('id').executeTakeFirstOrThrow()).id;
});

const hard = {
  kind: 'hard',
  status: '5.1.1',
  detail: '5.1.1 smtp; 550 5.1.1 <address>: unknown',
  isReturned: true,
} as const;
const soft = { kind: 'soft', status: '5.2.2', detail: '5.2.2 full', isReturned: true } as const;
const complaint = { kind: 'complaint', status: null, detail: 'feedback: abuse', isReturned: false } as const;

const take = (
  bounce: Pick<KnownBounce, 'kind' | 'status' | 'detail' | 'isReturned' | 'about'>,
  reportId: string = randomUUID(),
) => takeBounce(db, { ...bounce, reportId, at: new Date() }, { secret });
const suppressed = async (address = email) =>
  (await findSuppressions(db, secret, [address])).get(address) ?? [];
const historyOf = async (runId: string) => {
  const rows: RowHistory[] = [];
  for await (const row of ledger.history(runId)) rows.push(row);
  return rows;
};
const reasons = async () =>
  (await db.selectFrom('suppressions').select('reason').execute()).map(({ reason }) => reason);

test('a hard bounce returns the row, says why in its history, and suppresses the address; once', async () => {
  const { rowId, runId } = await sentMessage(ledger, profileId);
  const taken = await Promise.all(
    Array.from({ length: 10 }, () => take({ ...hard, about: { rowId } }, 'm1')),
  );
  expect(taken.sort()).toEqual([...Array(9).fill('duplicate'), 'taken']);
  expect(await suppressed()).toEqual(['*']);
  const [row] = await historyOf(runId);
  expect(row).toMatchObject({ state: 'bounced', reason: `hard-bounce: ${hard.detail}` });
  expect(row?.steps.map(({ state }) => state)).toEqual([
    'planned',
    'claimed',
    'handoff',
    'accepted',
    'bounced',
  ]);
  expect((await ledger.find(runId)).state).toBe('completed');
});

test('messages are found by Message-ID and by snapshot; what is nobody’s is unknown', async () => {
  const { snapshotId, messageId } = await sentMessage(ledger, profileId);
  expect(await take({ ...complaint, about: { snapshotId } })).toBe('taken');
  expect(await take({ ...complaint, about: { messageId } })).toBe('taken');
  expect(await take({ ...hard, about: { messageId: messageId.replace('nordlicht', 'evil') } })).toBe(
    'unknown',
  );
  expect(await take({ ...hard, about: { messageId: 'x@y' } })).toBe('unknown');
  expect(await take({ ...hard, about: { rowId: randomUUID() } })).toBe('unknown');
  expect(await reasons()).toEqual(['complaint']);
});

test('a complaint is an event, and leaves the row where it is', async () => {
  const { rowId, runId, snapshotId } = await sentMessage(ledger, profileId);
  await take({ ...complaint, about: { rowId } });
  expect(await suppressed()).toEqual(['*']);
  expect(await ledger.look(runId, profileId)).toMatchObject({ state: 'accepted' });
  const events = await db
    .selectFrom('events')
    .select(['kind', 'ledger_id', 'run_id', 'snapshot_id'])
    .execute();
  expect(events).toEqual([{ kind: 'complaint', ledger_id: rowId, run_id: runId, snapshot_id: snapshotId }]);
});

test('five soft bounces in a row suppress; four do not, nor do reports of one message', async () => {
  for (let count = 1; count <= 4; count++) {
    const { rowId } = await sentMessage(ledger, profileId);
    await take({ ...soft, about: { rowId } });
    await take({ ...soft, about: { rowId } });
  }
  expect(await suppressed()).toEqual([]);
  const { rowId } = await sentMessage(ledger, profileId);
  await take({ ...soft, about: { rowId } });
  expect(await suppressed()).toEqual(['*']);
  expect(await reasons()).toEqual(['soft-bounces']);
});

test('a message that arrived in between starts the count anew', async () => {
  for (let count = 1; count <= 8; count++) {
    const { rowId } = await sentMessage(ledger, profileId);
    if (count !== 4) await take({ ...soft, about: { rowId } });
  }
  expect(await suppressed()).toEqual([]);
});

test('free text counts as soft, and leaves the row where it is, with a note', async () => {
  const { rowId, runId } = await sentMessage(ledger, profileId);
  await take({ ...soft, isReturned: false, about: { rowId } });
  const [row] = await historyOf(runId);
  expect(row).toMatchObject({ state: 'accepted' });
  expect(row?.steps.at(-1)).toMatchObject({ state: 'accepted', detail: 'soft-bounce: 5.2.2 full' });
});

test('the address that bounced is suppressed, not the one that came after it', async () => {
  const { rowId } = await sentMessage(ledger, profileId);
  await upsertProfiles(db, [{ externalId: 'A-1', email: 'ada@new.example' }]);
  await take({ ...hard, about: { rowId } });
  expect(await suppressed()).toEqual(['*']);
  expect(await suppressed('ada@new.example')).toEqual([]);
});

test('of an erased person nothing is kept or learned', async () => {
  const { rowId } = await sentMessage(ledger, profileId);
  await take({ ...soft, about: { rowId } });
  await eraseProfile(db, profileId, { secret });
  expect(await take({ ...hard, about: { rowId } })).toBe('unknown');
  expect(await db.selectFrom('soft_bounces').selectAll().execute()).toEqual([]);
  expect(await reasons()).toEqual([]);
});

test('reports are forgotten when nobody can say them again', async () => {
  const { rowId } = await sentMessage(ledger, profileId);
  await take({ ...hard, about: { rowId } }, 'old');
  expect(await forgetReports(db)).toBe(0);
  await take({ ...soft, about: { rowId } }, 'full');
  await sql`update reports set at = now() - interval '91 days'`.execute(db);
  await sql`update soft_bounces set at = now() - interval '91 days'`.execute(db);
  expect(await forgetReports(db)).toBe(2);
  expect((await sql`select from soft_bounces`.execute(db)).rows).toEqual([]);
});
