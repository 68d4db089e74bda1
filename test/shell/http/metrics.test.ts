import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { openChangeCounter } from '../../../src/adapters/postgres/count-changes.ts';
import { openEventCounter } from '../../../src/adapters/postgres/count-events.ts';
import { recordEvents } from '../../../src/adapters/postgres/record-events.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import { campaignLines } from '../../../src/shell/http/campaign-metrics.ts';
import type { RunLook } from '../../../src/shell/http/run-feed.ts';
import { buildServer } from '../../../src/shell/http/server.ts';
import { sentMessage } from '../../support/sent-message.ts';
import { type House, openHouse } from './open-house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const form = /^(# (HELP|TYPE) dearly_\w+ .+|dearly_\w+(\{(\w+="[^"\n]*",?)+\})? -?\d+(\.\d+)?)$/;

test('say what is to be done and what stands in its way, and name nobody', async () => {
  const { db, ledger, queue } = house.wire;
  const people = [await house.person(), await house.person(), await house.person()];
  await sentMessage(ledger, people[0]?.id ?? '');
  const campaign = campaignSchema.parse({ name: 'open', pack: 'p', sender: 's' });
  const occurrence = { kind: 'campaign', name: 'open', occurrence: '1', campaign } as const;
  const { run } = await ledger.open(occurrence, { profileIds: people.map(({ id }) => id) });
  await queue.wakeRun(run.id);
  await db
    .updateTable('ledger')
    .set({ state: 'unknown', ended_at: new Date() })
    .where('run_id', '=', run.id)
    .where('profile_id', '=', people[1]?.id ?? '')
    .execute();
  await db
    .updateTable('ledger')
    .set({ next_at: new Date(Date.now() - 90_000) })
    .where('run_id', '=', run.id)
    .where('profile_id', '=', people[2]?.id ?? '')
    .execute();
  const until = new Date(Date.now() + 60_000);
  for (const domain of ['slow.example', '*']) {
    await db.insertInto('domain_pauses').values({ domain, until, response: '421' }).execute();
  }
  const app = await buildServer({ ...house.parts, reportCounts: () => ({ hard: 3, refused: 2 }) });
  const { body } = await app.inject('/metrics');
  await app.close();
  await db.deleteFrom('domain_pauses').execute();
  const lines = body.trim().split('\n');
  expect(lines.filter((line) => !form.test(line))).toEqual([]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'dearly_database_up 1',
      'dearly_ledger_rows{kind="campaign",state="planned"} 2',
      'dearly_ledger_rows{kind="campaign",state="unknown"} 1',
      'dearly_open_rows{kind="campaign"} 2',
      'dearly_open_runs{kind="campaign",state="running"} 1',
      'dearly_campaign_by_state{campaign="open",occurrence="1",state="planned"} 2',
      'dearly_campaign_open{campaign="open",occurrence="1"} 2',
      'dearly_campaign_ended{campaign="open",occurrence="1"} 1',
      'dearly_campaign_share{campaign="open",occurrence="1"} 0.333',
      'dearly_unknown_rows 1',
      'dearly_paused_domains 1',
      'dearly_mail_paused 1',
      'dearly_queue_jobs{queue="dearly-runs",state="created"} 1',
      'dearly_webhooks_pending 0',
      'dearly_messages_total{state="accepted"} 0',
      'dearly_reports_total{result="hard"} 3',
    ]),
  );
  expect(Number(/^dearly_oldest_due_seconds (.+)$/m.exec(body)?.[1])).toBeGreaterThan(80);
});

test('tell pace and time left as the API does, and a name can say no more than a name', async () => {
  const tally = {
    total: 10,
    byState: { planned: 4, accepted: 5, skipped: 1 },
    skipped: { holdout: 1 },
    open: 4,
  };
  const progress = { total: 10, ended: 6, share: 0.6, perSecond: 2, secondsLeft: 2 };
  const run = { name: 'open', occurrence: 'a"} 1\nb' } as RunLook['run'];
  const lines = await campaignLines(['1'], { look: async () => ({ run, tally, progress, isOver: false }) });
  const labels = 'campaign="open",occurrence="a\\"} 1\\nb"';
  expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
    `dearly_campaign_by_state{${labels},state="planned"} 4`,
    `dearly_campaign_by_state{${labels},state="accepted"} 5`,
    `dearly_campaign_by_state{${labels},state="skipped"} 1`,
    `dearly_campaign_skipped{${labels},reason="holdout"} 1`,
    `dearly_campaign_ended{${labels}} 6`,
    `dearly_campaign_open{${labels}} 4`,
    `dearly_campaign_share{${labels}} 0.6`,
    `dearly_campaign_per_second{${labels}} 2`,
    `dearly_campaign_seconds_left{${labels}} 2`,
  ]);
});

test('count what came to an end from now on, each once', async () => {
  const { db, ledger } = house.wire;
  const person = await house.person();
  await sentMessage(ledger, person.id);
  const counter = openChangeCounter(db, { lagMs: 0 });
  expect(await counter.read()).toMatchObject({ accepted: 0, bounced: 0 });
  await sentMessage(ledger, person.id);
  await sentMessage(ledger, person.id);
  const both = await Promise.all([counter.read(), counter.read()]);
  expect(both).toMatchObject([{ accepted: 2 }, { accepted: 2 }]);
  await sentMessage(ledger, person.id);
  expect(await counter.read()).toMatchObject({ accepted: 3, failed: 0 });
});

test('count what recipients do, by people and by machines, one reading behind', async () => {
  const { db } = house.wire;
  const { snapshot } = await house.links(await house.person());
  const visit = async (machine: boolean) =>
    recordEvents(db, [
      {
        key: randomUUID(),
        snapshotId: snapshot.id,
        kind: 'visit',
        machine,
        at: new Date().toISOString(),
        data: {},
      },
    ]);
  await visit(false);
  const counting = openEventCounter(db);
  const nothing = expect.arrayContaining([{ labels: { kind: 'visit', machine: 'false' }, value: 0 }]);
  expect(await counting.read()).toEqual(nothing);
  await Promise.all([visit(false), visit(true), visit(false)]);
  expect(await counting.read()).toEqual(nothing);
  const counted = expect.arrayContaining([
    { labels: { kind: 'visit', machine: 'false' }, value: 2 },
    { labels: { kind: 'visit', machine: 'true' }, value: 1 },
  ]);
  expect(await Promise.all([counting.read(), counting.read()])).toEqual([counted, counted]);
});

test('answer while the database is away', async () => {
  const db = openDatabase('postgres://nobody@127.0.0.1:1/none');
  const app = await buildServer({ ...house.parts, db });
  const { body, statusCode } = await app.inject('/metrics');
  await app.close();
  await db.destroy();
  expect(statusCode).toBe(200);
  expect(body).toContain('dearly_database_up 0');
  expect(body).toMatch(/^dearly_resident_bytes \d+$/m);
});
