import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShelf } from '../../../src/adapters/packs/shelf.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { readAudience } from '../../../src/adapters/postgres/read-audience.ts';
import { countMembers } from '../../../src/adapters/postgres/select-members.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { type Campaign, campaignSchema } from '../../../src/campaign/campaign.ts';
import { DearlyError } from '../../../src/errors.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { pictureKey } from '../../../src/render/artefact-key.ts';
import { countDomains } from '../../../src/run/campaign/count-domains.ts';
import { expectDuration } from '../../../src/run/campaign/expect-duration.ts';
import { wantedSnapshots } from '../../../src/run/campaign/measure-making.ts';
import { type PlanCampaignTools, planCampaign } from '../../../src/run/campaign/plan-campaign.ts';
import type { Prospect } from '../../../src/run/campaign/plan-person.ts';
import { testDatabase } from '../../support/database.ts';

const house = resolve('test/fixtures/small-house');
const secret = Buffer.alloc(32);
let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let tools: PlanCampaignTools;
/** Ids of the snapshots that something was made of. */
const triedOn: string[] = [];
const kept = new Set<string>();
const store = {
  put: async (key: string) => void kept.add(key),
  head: async (key: string) => (kept.has(key) ? { sizeBytes: 1, contentType: 'image/jpeg' } : null),
  read: () => Promise.reject(new DearlyError('artefact-missing', 'nothing')),
  remove: async (key: string) => void kept.delete(key),
};
async function makeAll(snapshot: Snapshot): Promise<void> {
  triedOn.push(snapshot.id);
  for (const hash of Object.values(snapshot.pictures ?? {})) await store.put(pictureKey(hash));
}

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  const facts = { points: 7 };
  await upsertProfiles(db, [
    ...Array.from({ length: 60 }, (_, at) => ({
      externalId: `p${at}`,
      email: `p${at}@${at < 40 ? 'Example.org' : 'other.example'}`,
      firstName: at === 0 ? 'A'.repeat(200) : 'Ada',
      timeZone: at < 10 ? 'America/New_York' : 'Europe/Berlin',
      facts,
    })),
    { externalId: 'nowhere', facts },
    { externalId: 'empty', email: 'empty@example.org' },
    { externalId: 'odd', email: 'odd@example.org', facts: { points: 'many' } },
    { externalId: 'umlaut', email: 'jürgen@example.org', facts },
    {
      externalId: 'refused',
      email: 'refused@example.org',
      facts,
      consents: { service: { granted: false, at: '2026-01-01T00:00:00Z', source: 'import' } },
    },
  ]);
  const unused = () => Promise.reject(new Error('no film is asked for'));
  tools = {
    shelf: openShelf(
      { packs: `${house}/templates`, compositions: `${house}/compositions`, senders: [`${house}/senders`] },
      db,
    ),
    secret,
    origins: () => ({ api: 'http://127.0.0.1', site: 'http://127.0.0.1' }),
    now: () => new Date('2026-11-22T12:00:00Z'),
    newId: () => '00000000-0000-4000-8000-000000000001',
    audience: {
      count: (rule) => countMembers(db, rule),
      read: (rule, capDays) => readAudience(db, secret, rule, capDays),
    },
    // What goes along is made of a few, to know how long it takes.
    store,
    attach: (snapshot) => makeAll(snapshot).then(() => []),
    pdfs: { draw: (snapshot) => makeAll(snapshot).then(() => new Uint8Array()) },
    draw: unused,
    forget: unused,
    drawnBy: unused,
    has: unused,
  };
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

function campaign(change: object = {}): Campaign {
  return campaignSchema.parse({ name: 'hello', pack: 'hello', sender: 'studio', ...change });
}

test('says who gets it, who does not and why, and keeps nothing', async () => {
  const leftOut: Prospect[] = [];
  const plan = await planCampaign(campaign(), tools, { onLeftOut: (it) => void leftOut.push(it) });
  expect(plan).toMatchObject({
    people: 65,
    reached: 60,
    skipped: { 'no-address': 1, 'incomplete-data': 2, 'bad-address': 1, 'no-consent': 1 },
    failed: {},
    films: null,
    sampled: null,
    domains: {
      top: [
        { domain: 'example.org', people: 40 },
        { domain: 'other.example', people: 20 },
      ],
      different: 2,
    },
  });
  expect(plan.facts.points).toMatchObject({ people: 2 });
  expect(plan.texts.subject).toMatchObject({ limit: 78, over: 1, example: 'p0' });
  expect(leftOut.map((it) => it.externalId).sort()).toEqual(['empty', 'nowhere', 'odd', 'refused', 'umlaut']);
  for (const table of ['runs', 'ledger', 'snapshots'] as const) {
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
});

test('agrees with what a run then freezes: the same people are held out', async () => {
  const held = campaign({ name: 'held', holdout: 0.3 });
  const plan = await planCampaign(held, tools);
  const ledger = postgresLedger(db, secret);
  const { run } = await ledger.open(
    { kind: 'campaign', name: 'held', occurrence: '1', campaign: held },
    { rule: true },
  );
  const { skipped } = await ledger.tally(run.id);
  expect(plan.skipped.holdout).toBeGreaterThan(5);
  expect(plan.skipped.holdout).toBe(skipped.holdout);
  await db.deleteFrom('runs').execute();
});

test('sizes the sample, and says when it is too small to tell anything', async () => {
  const variants = [{ name: 'a' }, { name: 'b' }];
  const plan = await planCampaign(campaign({ variants, sample: { share: 0.4 } }), tools);
  const [a, b] = plan.variants;
  expect((a?.people ?? 0) + (b?.people ?? 0)).toBe(plan.sampled);
  expect(plan.sampled).toBeGreaterThan(10);
  expect(plan.sampled).toBeLessThan(40);
  expect(a?.decides).toBe(false);
});

test('counts who waits, and until when', async () => {
  const schedule = { at: '2026-12-01T06:00', time_zone: 'Europe/Berlin', local_time: '09:00' };
  const plan = await planCampaign(campaign({ schedule }), tools);
  expect(plan.startsAt).toBe('2026-12-01T05:00:00.000Z');
  expect(plan.waits).toEqual({ 'local-time': { people: 60, until: '2026-12-01T14:00:00.000Z' } });
});

test('looks up who was written to often enough', async () => {
  const { id } = await db
    .selectFrom('profiles')
    .select('id')
    .where('external_id', '=', 'p1')
    .executeTakeFirstOrThrow();
  const ledger = postgresLedger(db, secret);
  const { run } = await ledger.open(
    { kind: 'campaign', name: 'before', occurrence: '1', campaign: campaign() },
    { profileIds: [id] },
  );
  await db
    .updateTable('ledger')
    .set({ state: 'accepted', first_tried_at: new Date(), ended_at: new Date() })
    .where('run_id', '=', run.id)
    .execute();
  const plan = await planCampaign(campaign({ frequency_cap: { messages: 1, days: 7 } }), tools);
  expect(plan.skipped['frequency-cap']).toBe(1);
});

test('what goes along, and what is made ahead, is tried on a few and kept of nobody', async () => {
  const plain = await planCampaign(campaign(), tools);
  expect(plain).toMatchObject({ documents: null, duration: { seconds: { attaching: null } } });
  expect(triedOn).toEqual([]);
  const card = () => ({ filename: 'card.txt', contentType: 'text/plain', text: 'Ada' });
  const offering = async (name: string) => {
    const pack = await tools.shelf.pack(name);
    return { ...pack, contract: pack.contract && { ...pack.contract, attachments: { card } } };
  };
  const shelf = { ...tools.shelf, pack: offering };
  const plan = await planCampaign(campaign({ channels: ['email', 'pdf'], attachments: ['card'] }), {
    ...tools,
    shelf,
  });
  expect(plan.documents?.seconds).toBeGreaterThan(0);
  expect(plan.duration.seconds.attaching).toBeGreaterThan(0);
  expect(triedOn).toHaveLength(2 * wantedSnapshots);
  expect(kept.size).toBe(0);
  const pdfs = { draw: () => Promise.reject(new DearlyError('browser-unavailable', 'none here')) };
  const elsewhere = await planCampaign(campaign({ channels: ['email', 'pdf'] }), { ...tools, pdfs });
  expect(elsewhere.documents).toEqual({ perSecond: null, seconds: null });
});

test('the slowest part says how long it takes', () => {
  const domains = new Map([
    ['big.example', 9000],
    ['small.example', 1000],
  ]);
  const { throttle, sample } = campaign({
    throttle: { per_second: 50, per_domain: 20, domains: { 'big.example': 10 } },
  });
  expect(expectDuration({ throttle, sample }, 10_000, domains, 1000)).toMatchObject({
    seconds: { merging: 10, perSecond: 200, perDomain: { domain: 'big.example', seconds: 900 } },
    sending: 900,
    limitedBy: 'per_domain',
  });
  expect(expectDuration({ throttle, sample }, 10_000, domains, 1000, 8)).toMatchObject({
    seconds: { attaching: 1250 },
    sending: 1250,
    limitedBy: 'attachments',
  });
  expect(expectDuration({ throttle: undefined, sample }, 10_000, domains, 1000)).toMatchObject({
    sending: 10,
    limitedBy: 'merging',
  });
});

test('domains are counted in bounded room', () => {
  const counting = countDomains();
  for (let at = 0; at < 200_000; at++) counting.see(at % 2 === 0 ? 'big.example' : `d${at}.example`);
  expect(counting.result()).toMatchObject({
    top: [{ domain: 'big.example', people: 100_000 }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    different: null,
  });
  expect(counting.all().size).toBeLessThanOrEqual(50_000);
});
