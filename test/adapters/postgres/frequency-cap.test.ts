import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { testDatabase } from '../../support/database.ts';
import { first, snapshotFor } from '../../support/ledger.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  await upsertProfiles(db, [{ externalId: 'ada', email: 'ada@example.com' }]);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

test('campaigns that claim somebody at the same time do not send more than the cap between them', async () => {
  const ledger = postgresLedger(db, Buffer.alloc(32));
  const cap = { messages: 2, days: 7 };
  const claimOf = async (name: string) => {
    const campaign = campaignSchema.parse({ name, pack: 'p', sender: 's', frequency_cap: cap });
    const { run } = await ledger.open(
      { kind: 'campaign', name, occurrence: '1', campaign },
      { rule: campaign.audience },
    );
    return await first(ledger.claim(run.id, { limit: 10, leaseMs: 60_000 }));
  };
  const claims = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) claims.push(await claimOf(name));
  expect(claims.map((it) => it.recentMessages)).toEqual([0, 0, 0, 0, 0]);
  const tomorrow = new Date(Date.now() + 86_400_000);
  const said = await Promise.all(
    claims.map((it) => ledger.handOff(it, snapshotFor(it), `${it.rowId}@s`, tomorrow, cap)),
  );
  expect(said.toSorted()).toEqual(['capped', 'capped', 'capped', 'handed-over', 'handed-over']);
});
