import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresRates } from '../../../src/adapters/postgres/rates.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Receipt } from '../../../src/deliver/transport.ts';
import { openLanes, openPace, type Pace } from '../../../src/run/pace/pace.ts';
import { testDatabase } from '../../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url, { maxConnections: 30 });
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});
beforeEach(async () => {
  await sql`truncate rates, domain_pauses`.execute(db);
});

/** A worker's, as far as pace goes: it shares nothing with the others but the database. */
function worker(throttle: object, connections = 20): Pace {
  const campaign = campaignSchema.parse({ name: 'offer', pack: 'offer', sender: 'nordlicht', throttle });
  return openPace('run', campaign, openLanes(postgresRates(db), connections));
}

/** When each message went, with `lanes` lanes per worker, in order. */
async function send(paces: readonly Pace[], count: number, lanes: number, domain: string | null = null) {
  const times: number[] = [];
  let left = count;
  const lane = async (pace: Pace) => {
    while (left-- > 0) {
      const turn = await pace.take(domain);
      if (turn.kind === 'later') {
        left++;
        await wait(turn.until.getTime() - Date.now());
        continue;
      }
      await turn.confirm();
      times.push(performance.now());
      turn.end();
    }
  };
  await Promise.all(paces.flatMap((pace) => Array.from({ length: lanes }, () => lane(pace))));
  return times.sort((a, b) => a - b);
}

/** The most that went in any one second. */
function most(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

describe('openPace', () => {
  test('no second has more than the limit, with several workers and many lanes', async () => {
    const paces = [worker({ per_second: 40 }), worker({ per_second: 40 }), worker({ per_second: 40 })];
    expect(most(await send(paces, 100, 5))).toBeLessThanOrEqual(44);
  });

  test('nor after a stall: slots that were missed are dropped', async () => {
    const paces = [worker({ per_second: 100 }), worker({ per_second: 100 })];
    const sending = send(paces, 150, 8);
    await wait(400);
    const until = performance.now() + 700;
    while (performance.now() < until);
    expect(most(await sending)).toBeLessThanOrEqual(110);
  });

  test('a turn whose message is held up gets a new slot before it goes', async () => {
    const pace = worker({ per_second: 10 });
    const turn = await pace.take(null);
    if (turn.kind === 'later') throw new Error('it is late');
    await wait(300);
    await send([pace], 1, 1);
    const before = performance.now();
    await turn.confirm();
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  test('idle time is not saved up', async () => {
    const pace = worker({ per_second: 20 });
    await send([pace], 2, 1);
    await wait(500);
    const times = await send([pace], 5, 5);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
  });

  test('a domain has a limit of its own beside the campaign’s, and the others go on', async () => {
    const throttle = { per_second: 100, per_domain: 50, domains: { 'slow.example': 5 } };
    const paces = [worker(throttle), worker(throttle)];
    const [slow, other] = await Promise.all([
      send(paces, 8, 2, 'slow.example'),
      send(paces, 60, 5, 'quick.example'),
    ]);
    expect(most(slow)).toBeLessThanOrEqual(5);
    expect(most(other)).toBeLessThanOrEqual(55);
    expect(most([...slow, ...other].sort((a, b) => a - b))).toBeLessThanOrEqual(110);
  });

  test('whoever cannot go soon is told a time of its own', async () => {
    const pace = worker({ domains: { 'slow.example': 1 } });
    const turns = await Promise.all(Array.from({ length: 6 }, () => pace.take('slow.example')));
    const until = turns.flatMap((turn) => (turn.kind === 'later' ? [turn] : []));
    expect(until.every(({ why }) => why === 'domain-pace')).toBe(true);
    const times = until.map((turn) => turn.until.getTime()).sort((a, b) => a - b);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(900);
    expect(turns.length - until.length).toBeLessThanOrEqual(2);
  });

  test('a slow campaign rests instead of waiting', async () => {
    const pace = worker({ per_second: 0.1 });
    expect(await pace.rest()).toBeNull();
    expect((await pace.take(null)).kind).toBe('go');
    expect(await pace.rest()).toMatchObject({ kind: 'later', why: 'campaign-pace' });
    expect(await pace.take(null)).toMatchObject({ kind: 'later', why: 'campaign-pace' });
  });

  test('so many messages are on their way at once, however many runs a process works on', async () => {
    const lanes = openLanes(postgresRates(db), 2);
    const campaign = campaignSchema.parse({ name: 'offer', pack: 'offer', sender: 'nordlicht' });
    const [one, other] = [openPace('one', campaign, lanes), openPace('other', campaign, lanes)];
    const [first, second] = [await one.take(null), await other.take(null)];
    const abort = new AbortController();
    const third = one.take(null, abort.signal);
    abort.abort();
    await expect(third).rejects.toThrow();
    const fourth = other.take(null);
    if (first.kind === 'go') first.end();
    expect((await fourth).kind).toBe('go');
    expect(second.kind).toBe('go');
  });

  test('waiting ends when the signal says so', async () => {
    const pace = worker({ per_second: 1 });
    await pace.take(null);
    const abort = new AbortController();
    const waiting = pace.take(null, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toThrow();
  });
});

describe('pauses', () => {
  const refusal: Receipt = {
    kind: 'deferred',
    code: 421,
    response: '421 4.7.0 too many from you, <a@full.example>',
  };
  const accepted: Receipt = { kind: 'accepted', response: '250 ok' };

  test('421 stops one domain for all workers, longer each time, and a success gives it back', async () => {
    const [here, there] = [worker({}), worker({})];
    await Promise.all([here.heard('full.example', refusal), here.heard('full.example', refusal)]);
    const [pause] = await db.selectFrom('domain_pauses').selectAll().execute();
    expect(pause).toMatchObject({ domain: 'full.example', strikes: 1 });
    expect(pause?.response).not.toContain('a@full.example');
    for (const pace of [here, there]) {
      expect(await pace.take('full.example')).toMatchObject({ kind: 'later', why: 'domain-paused' });
      expect((await pace.take('other.example')).kind).toBe('go');
    }

    const lengths: number[] = [];
    for (let strike = 2; strike <= 12; strike++) {
      await sql`update domain_pauses set until = now()`.execute(db);
      await here.heard('full.example', refusal);
      const turn = await here.take('full.example');
      if (turn.kind === 'later') lengths.push(turn.until.getTime() - Date.now());
    }
    expect(lengths[1]).toBeGreaterThan((lengths[0] ?? 0) * 1.3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(30 * 60_000);

    for (const strikes of [12, 6, 3, 1]) {
      const [found] = await db.selectFrom('domain_pauses').select('strikes').execute();
      expect(found?.strikes).toBe(strikes);
      const pace = worker({});
      await pace.take('full.example');
      await pace.heard('full.example', accepted);
    }
    expect(await db.selectFrom('domain_pauses').selectAll().execute()).toEqual([]);
  });

  test('a server that nobody can get in to stops all for a moment, and not for good', async () => {
    const pace = worker({});
    await pace.heard('any.example', {
      kind: 'deferred',
      code: null,
      response: 'ECONNREFUSED',
      before: 'greeting',
    });
    expect(await pace.rest()).toMatchObject({ why: 'mail-server-paused' });
    expect(await pace.take('other.example')).toMatchObject({ kind: 'later', why: 'mail-server-paused' });
    await sql`update domain_pauses set until = now() - interval '1 second'`.execute(db);
    await wait(1100);
    expect((await pace.take('other.example')).kind).toBe('go');
    await pace.heard('other.example', accepted);
    expect(await db.selectFrom('domain_pauses').selectAll().execute()).toEqual([]);
  });

  test('a full mailbox, or a connection that carried enough, is no reason to stop a domain', async () => {
    const pace = worker({});
    await pace.heard('a.example', { kind: 'deferred', code: 452, response: '452 4.2.2 mailbox full' });
    await pace.heard('a.example', { kind: 'deferred', code: 421, response: '421 bye', before: 'recipient' });
    expect((await pace.take('a.example')).kind).toBe('go');
  });
});
