import { resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShelf } from '../../../src/adapters/packs/shelf.ts';
import { postgresCampaigns } from '../../../src/adapters/postgres/campaigns.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { type Campaign, campaignSchema } from '../../../src/campaign/campaign.ts';
import { type CampaignTools, startCampaign } from '../../../src/run/campaign/start-campaign.ts';
import { startDueCampaigns } from '../../../src/run/campaign/start-due-campaigns.ts';
import { testDatabase } from '../../support/database.ts';

const house = resolve('test/fixtures/small-house');
let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let now: Date;
let woken: string[];
let tools: CampaignTools;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  await upsertProfiles(db, [{ externalId: 'ada', email: 'ada@example.org', facts: { points: 1 } }]);
  tools = {
    ledger: postgresLedger(db, Buffer.alloc(32)),
    campaigns: postgresCampaigns(db),
    shelf: openShelf(
      { packs: `${house}/templates`, compositions: `${house}/compositions`, senders: [`${house}/senders`] },
      db,
    ),
    queue: { wakeRun: async (id) => void woken.push(id) },
    now: () => now,
  };
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate runs, campaigns cascade`.execute(db);
  now = new Date('2026-11-22T12:00:00Z');
  woken = [];
});

function campaign(change: object = {}): Campaign {
  const daily = { cron: '0 9 * * *', time_zone: 'Europe/Berlin' };
  return campaignSchema.parse({ name: 'hello', pack: 'hello', sender: 'studio', schedule: daily, ...change });
}

async function occurrences(): Promise<string[]> {
  const rows = await db.selectFrom('runs').select('occurrence').orderBy('occurrence').execute();
  return rows.map((it) => it.occurrence);
}

async function endAllRuns(): Promise<void> {
  await db.updateTable('ledger').set({ state: 'accepted', ended_at: new Date() }).execute();
  await db.updateTable('runs').set({ state: 'completed', completed_at: new Date() }).execute();
}

describe('a campaign with a schedule', () => {
  test('is put down, and starts when its time has come: once, however many workers look', async () => {
    expect(await startCampaign(campaign(), undefined, tools)).toMatchObject({
      kind: 'scheduled',
      change: 'new',
      next: ['2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z'],
    });
    await startDueCampaigns(tools);
    expect(await occurrences()).toEqual([]);

    now = new Date('2026-11-23T08:00:05Z');
    await Promise.all(Array.from({ length: 4 }, () => startDueCampaigns(tools)));
    await startDueCampaigns(tools);
    expect(await occurrences()).toEqual(['2026-11-23T08:00:00.000Z']);
    expect(woken).toHaveLength(1);
    expect(await tools.campaigns.find('hello')).toMatchObject({
      nextAt: '2026-11-24T08:00:00.000Z',
      missed: 0,
    });
  });

  test('after days without a worker starts the newest alone, and the others are counted', async () => {
    await startCampaign(campaign(), undefined, tools);
    now = new Date('2026-11-26T15:00:00Z');
    await startDueCampaigns(tools);
    expect(await occurrences()).toEqual(['2026-11-26T08:00:00.000Z']);
    expect(await tools.campaigns.find('hello')).toMatchObject({
      nextAt: '2026-11-27T08:00:00.000Z',
      missed: 3,
    });
  });

  test('is started again by whoever comes after a crash in between, and still once', async () => {
    await startCampaign(campaign(), undefined, tools);
    now = new Date('2026-11-23T08:00:05Z');
    const dying: CampaignTools = {
      ...tools,
      queue: { wakeRun: () => Promise.reject(new Error('gone')) },
    };
    await expect(startDueCampaigns(dying)).rejects.toThrow('gone');
    await startDueCampaigns(tools);
    expect(await occurrences()).toEqual(['2026-11-23T08:00:00.000Z']);
    expect((await tools.campaigns.find('hello'))?.nextAt).toBe('2026-11-24T08:00:00.000Z');
  });

  test('once, at its time; after that the same file goes on with what started then', async () => {
    const once = campaign({ schedule: { at: '2026-12-01T09:00', time_zone: 'Europe/Berlin' } });
    await startCampaign(once, undefined, tools);
    now = new Date('2026-12-01T08:00:01Z');
    await startDueCampaigns(tools);
    expect((await tools.campaigns.find('hello'))?.nextAt).toBeNull();
    expect(await startCampaign(once, undefined, tools)).toMatchObject({
      kind: 'started',
      isNew: false,
      run: { occurrence: '2026-12-01T08:00:00.000Z' },
    });
    const late = campaign({ name: 'late', schedule: { at: '2026-11-01T09:00' } });
    await expect(startCampaign(late, undefined, tools)).rejects.toMatchObject({ code: 'campaign-invalid' });
  });

  test('is replaced while it waits, and says what differs; the same again changes nothing', async () => {
    await startCampaign(campaign(), undefined, tools);
    expect(await startCampaign(campaign(), undefined, tools)).toMatchObject({ change: 'same' });
    const edited = campaign({ holdout: 0.1 });
    expect(await startCampaign(edited, undefined, tools)).toMatchObject({
      change: 'replaced',
      differences: ['holdout: 0 became 0.1'],
    });
    expect((await tools.campaigns.find('hello'))?.campaign.holdout).toBe(0.1);
  });

  test('is not edited while an occurrence runs', async () => {
    await startCampaign(campaign(), undefined, tools);
    now = new Date('2026-11-23T08:00:05Z');
    await startDueCampaigns(tools);
    const edited = campaign({ throttle: { per_second: 5 } });
    await expect(startCampaign(edited, undefined, tools)).rejects.toMatchObject({
      code: 'campaign-running',
      details: ['throttle: nothing became {"per_second":5,"domains":{}}'],
    });
    await endAllRuns();
    expect(await startCampaign(edited, undefined, tools)).toMatchObject({ change: 'replaced' });
  });

  test('that cannot be started says why, holds up no other, and is tried again', async () => {
    await startCampaign(campaign(), undefined, tools);
    await startCampaign(campaign({ name: 'other' }), undefined, tools);
    await sql`update campaigns set definition = jsonb_set(definition, '{pack}', '"gone"') where name = 'hello'`.execute(
      db,
    );
    now = new Date('2026-11-23T08:00:05Z');
    await startDueCampaigns(tools);
    expect((await tools.campaigns.find('hello'))?.trouble).toContain('gone does not stand in packs');
    expect((await db.selectFrom('runs').select('name').execute()).map((it) => it.name)).toEqual(['other']);
    await sql`update campaigns set definition = jsonb_set(definition, '{pack}', '"hello"'),
      tried_at = now() - interval '2 minutes' where name = 'hello'`.execute(db);
    await startDueCampaigns(tools);
    expect(await tools.campaigns.find('hello')).toMatchObject({
      trouble: null,
      nextAt: '2026-11-24T08:00:00.000Z',
    });
  });

  test('that this version does not read any more holds up no other', async () => {
    await startCampaign(campaign(), undefined, tools);
    await startCampaign(campaign({ name: 'other' }), undefined, tools);
    const { rows } = await sql<{ definition: object }>`
      with was as (select definition from campaigns where name = 'hello')
      update campaigns set definition = '{"of": "old"}' where name = 'hello' returning (select definition from was)`.execute(
      db,
    );
    now = new Date('2026-11-23T08:00:05Z');
    await startDueCampaigns(tools);
    expect(await occurrences()).toEqual(['2026-11-23T08:00:00.000Z']);
    await sql`update campaigns set definition = ${JSON.stringify(rows[0]?.definition)} where name = 'hello'`.execute(
      db,
    );
    expect((await tools.campaigns.find('hello'))?.trouble).toMatch(/does not read it/);
  });

  test('does not come any more once it is taken off', async () => {
    await startCampaign(campaign(), undefined, tools);
    expect(await tools.campaigns.end('hello')).toBe(true);
    expect(await tools.campaigns.end('hello')).toBe(false);
    now = new Date('2026-11-23T08:00:05Z');
    expect(await startDueCampaigns(tools)).toBe(0);
  });
});

describe('a campaign without a schedule', () => {
  const plain = () => campaign({ schedule: undefined });

  test('starts now, and two starts make one', async () => {
    const both = await Promise.all([1, 2].map(() => startCampaign(plain(), undefined, tools)));
    expect(both.filter((it) => it.kind === 'started' && it.isNew)).toHaveLength(1);
    expect(await occurrences()).toEqual(['2026-11-22']);
  });

  test('goes on with the open run on another day, and starts anew once that has ended', async () => {
    await startCampaign(plain(), undefined, tools);
    now = new Date('2026-11-23T12:00:00Z');
    expect(await startCampaign(plain(), undefined, tools)).toMatchObject({ isNew: false });
    await endAllRuns();
    expect(await startCampaign(plain(), undefined, tools)).toMatchObject({ isNew: true });
    expect(await occurrences()).toEqual(['2026-11-22', '2026-11-23']);
  });

  test('is not edited while it runs', async () => {
    await startCampaign(plain(), undefined, tools);
    const edited = campaign({ schedule: undefined, retry_hours: 1 });
    await expect(startCampaign(edited, undefined, tools)).rejects.toMatchObject({ code: 'campaign-running' });
  });
});
