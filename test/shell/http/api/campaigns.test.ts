import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workRun } from '../../../../src/run/work-run.ts';
import { openSink, type Sink } from '../../../support/smtp-sink.ts';
import { type House, openHouse } from '../open-house.ts';

let house: House;
let sink: Sink;
let headers: { authorization: string };
let url: string;

beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
  headers = await house.key('campaigns');
  url = await house.app.listen({ host: '127.0.0.1', port: 0 });
  for (const locale of ['de-DE', 'de-AT', 'it-IT']) {
    await house.person({ locale, email: `${randomUUID()}@example.com`, consents: {} });
  }
});
afterAll(async () => {
  await house.close();
  await sink.close();
});

type Body = Record<string, unknown>;

async function ask(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  payload?: string | object,
  more: object = {},
) {
  const type = typeof payload === 'string' ? { 'content-type': 'application/yaml' } : {};
  return await house.app.inject({
    method,
    url: `/v1/campaigns${path}`,
    headers: { ...headers, ...type, ...more },
    ...(payload !== undefined && { payload }),
  });
}

const yaml = (name: string, more = '') =>
  `name: ${name}\npack: statement\nsender: nordlicht\naudience: {field: locale, op: in, value: [de-DE, de-AT]}\n${more}`;

async function started(name: string, more = ''): Promise<string> {
  const reply = await ask('POST', '?occurrence=2026', yaml(name, more));
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json().id;
}

const work = (runId: string) => workRun(runId, house.wire, { concurrency: 2 });

describe('a definition', () => {
  test('starts one run per occurrence, as YAML or as JSON', async () => {
    const id = await started('once');
    const again = await ask('POST', '?occurrence=2026', yaml('once'));
    expect([again.statusCode, again.json()]).toMatchObject([200, { kind: 'started', id, state: 'running' }]);
    const asJson = {
      name: 'once',
      pack: 'statement',
      sender: 'nordlicht',
      audience: { field: 'locale', op: 'in', value: ['de-DE', 'de-AT'] },
    };
    expect((await ask('POST', '?occurrence=2026', asJson)).json()).toMatchObject({ id });
    expect((await ask('POST', '?occurrence=2027', asJson)).statusCode).toBe(201);
  });

  test('under one Idempotency-Key is answered once', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await ask('POST', '?occurrence=2026', yaml('keyed'), key);
    const second = await ask('POST', '?occurrence=2026', yaml('keyed'), key);
    expect([first.statusCode, second.statusCode, second.json()]).toEqual([201, 201, first.json()]);
    expect(second.headers['idempotent-replayed']).toBe('true');
    const other = await ask('POST', '?occurrence=2027', yaml('keyed'), key);
    expect(other.json()).toMatchObject({ code: 'idempotency-conflict' });
  });

  test('with mistakes is refused with all of them and their lines', async () => {
    const reply = await ask(
      'POST',
      '',
      'name: wrong\npack: nothing\nsender: nordlicht\nthrotle: {}\nholdout: 2\n',
    );
    expect(reply.statusCode).toBe(422);
    expect(reply.json().code).toBe('campaign-invalid');
    expect(reply.json().details).toEqual([
      expect.stringMatching(/^campaign:2: pack: nothing does not stand in packs/),
      expect.stringMatching(/^campaign:4: throtle: no such field/),
      expect.stringMatching(/^campaign:5: holdout/),
    ]);
  });

  test('cannot be changed under a run that is going on', async () => {
    await started('fixed');
    const reply = await ask('POST', '?occurrence=2026', yaml('fixed', 'retry_hours: 3\n'));
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'campaign-running']);
    expect(reply.json().details.join()).toContain('retry_hours');
  });

  test('with a schedule comes by itself, until that is taken off', async () => {
    const scheduled = yaml('yearly', 'schedule: {cron: "0 9 1 1 *", time_zone: Europe/Berlin}\n');
    const reply = await ask('POST', '', scheduled);
    expect([reply.statusCode, reply.json()]).toMatchObject([201, { kind: 'scheduled', change: 'new' }]);
    expect((await ask('POST', '', scheduled)).statusCode).toBe(200);
    expect((await ask('GET', '')).json().scheduled).toMatchObject([
      { name: 'yearly', nextAt: reply.json().next[0] },
    ]);
    const end = () => ask('DELETE', '/schedules/yearly');
    expect((await end()).json()).toEqual({ name: 'yearly', ended: true });
    expect((await end()).json()).toEqual({ name: 'yearly', ended: false });
  });

  test('can be looked at before anything is sent', async () => {
    const before = (await ask('GET', '?limit=200')).json().runs.length;
    const reply = await ask(
      'POST',
      '/plan',
      yaml('ahead', 'audience_: 1').replace('audience_: 1', 'holdout: 0.5\n'),
    );
    expect(reply.statusCode, reply.body).toBe(200);
    expect(reply.json()).toMatchObject({ campaign: 'ahead', people: 2, films: null });
    expect((await ask('GET', '?limit=200')).json().runs).toHaveLength(before);
  });
});

describe('runs', () => {
  test('are listed a page at a time, the newest first', async () => {
    for (const name of ['l1', 'l2', 'l3']) await started(name);
    const page = (await ask('GET', '?limit=2')).json();
    expect(page.runs.map(({ name }: Body) => name)).toEqual(['l3', 'l2']);
    expect(page.runs[0]).toMatchObject({
      occurrence: '2026',
      state: 'running',
      total: 2,
      accepted: 0,
      open: 2,
    });
    const next = (await ask('GET', `?limit=2&before=${page.next}`)).json();
    expect(next.runs[0]).toMatchObject({ name: 'l1' });
  });

  test('tell by id or name how they stand, how fast, and who got what', async () => {
    const id = await started('told');
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({ open: 2, share: 0, perSecond: null });
    await work(id);
    const standing = (await ask('GET', '/told')).json();
    expect(standing).toMatchObject({ id, total: 2, variants: [{ variant: 'a', total: 2 }] });
    const report = (await ask('GET', `/${id}/report`)).json();
    expect(report).toMatchObject({ run: { id, state: 'completed' }, tally: { byState: { accepted: 2 } } });
    const svg = await ask('GET', `/${id}/funnel.svg`);
    expect(svg.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(svg.body).toContain('Accepted: 2 of 2, 100.0 %');
    expect((await ask('GET', `/${id}/funnel.svg?of=variants`)).body).toContain('>1 variant<');
    const csv = await ask('GET', `/${id}/funnel.csv`);
    expect(csv.body.split('\r\n')[3]).toBe(`${id},told,2026,,,accepted,2,sent,2,1,,,,0`);
    const lines = (await ask('GET', `/${id}/history`)).body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    const one = await ask('GET', `/${id}/history?externalId=${lines[0].externalId}`);
    expect(JSON.parse(one.body)).toMatchObject({ externalId: lines[0].externalId, state: 'accepted' });
    expect((await ask('GET', '/none')).json()).toMatchObject({ code: 'run-missing', status: 404 });
  });

  test('are paused, resumed and cancelled; twice is once', async () => {
    const id = await started('steered');
    const post = async (verb: string, body?: object) => (await ask('POST', `/${id}/${verb}`, body)).json();
    expect(await post('pause', { reason: 'wrong price' })).toEqual({ id, state: 'paused', changed: null });
    expect((await ask('GET', `/${id}`)).json()).toMatchObject({
      state: 'paused',
      pauseReason: 'wrong price',
    });
    await work(id);
    expect((await house.wire.ledger.tally(id)).open).toBe(2);
    expect(await post('resume')).toEqual({ id, state: 'running', changed: null });
    expect(await post('pause')).toMatchObject({ state: 'paused' });
    expect(await post('cancel')).toMatchObject({ state: 'cancelled', changed: 2 });
    expect(await post('cancel')).toMatchObject({ state: 'cancelled', changed: 0 });
    expect(await post('retry-failed')).toMatchObject({ code: 'run-cancelled' });
  });

  test('what failed is tried again, and what is in doubt decided', async () => {
    const id = await started('mended');
    const [failing, doubtful] = await house.wire.ledger.claim(id, { limit: 2, leaseMs: 60_000 });
    if (!failing || !doubtful) throw new Error('nothing was claimed');
    await house.wire.ledger.fail(failing, { detail: 'internal', retryAfterMs: null });
    await house.wire.db
      .updateTable('ledger')
      .set({ state: 'handoff' })
      .where('id', '=', doubtful.rowId)
      .execute();
    await house.wire.ledger.settle(doubtful, { happening: 'doubt', detail: 'closed' });
    expect((await ask('POST', `/${id}/retry-failed`)).json()).toMatchObject({ state: 'running', changed: 1 });
    const resolve = (unknown: string) => ask('POST', `/${id}/resolve`, { unknown });
    expect((await resolve('perhaps')).statusCode).toBe(400);
    expect((await resolve('accept')).json()).toMatchObject({ changed: 1 });
    expect((await resolve('accept')).json()).toMatchObject({ changed: 0 });
  });
});

describe('live', () => {
  /** Reads events until the server ends the stream. */
  async function follow(path: string, hear: (event: string, data: Body) => void | Promise<void> = () => {}) {
    const response = await fetch(`${url}/v1/campaigns${path}`, { headers });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const heard: string[] = [];
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => line.split(/: (.*)/s).slice(0, 2)),
        );
        text = text.slice(end + 2);
        if (fields.event === undefined) continue;
        heard.push(`${fields.id} ${fields.event}`);
        await hear(fields.event, JSON.parse(fields.data));
      }
    }
    return heard;
  }

  test('one look serves all who listen, and ends with the run', async () => {
    const id = await started('live');
    const seen: Body[] = [];
    let working: Promise<unknown> | null = null;
    const first = follow(`/${id}/events`, (_, data) => {
      seen.push(data);
      working ??= work(id);
    });
    const second = follow('/live/events');
    const [heard, alike] = await Promise.all([first, second]);
    await working;
    expect(heard.at(-1)).toMatch(/ completed$/);
    expect(alike.at(-1)).toMatch(/ completed$/);
    expect(heard[0]).toBe('1 progress');
    expect(seen[0]).toMatchObject({ id, open: 2, share: 0, byState: { planned: 2 } });
    expect(seen.at(-1)).toMatchObject({ state: 'completed', open: 0, share: 1, secondsLeft: 0 });
    expect(seen.at(-1)?.perSecond).toBeGreaterThan(0);
  });

  test('of a run that is over there is one event', async () => {
    const id = await started('over');
    await work(id);
    expect(await follow(`/${id}/events`)).toEqual(['1 completed']);
  });

  test('who hangs up is forgotten; the server ends what is open when it closes', async () => {
    const id = await started('endless');
    const hangUp = new AbortController();
    const gone = await fetch(`${url}/v1/campaigns/${id}/events`, { headers, signal: hangUp.signal });
    await gone.body?.getReader().read();
    hangUp.abort();
    const following = follow(`/${id}/events`, async (event) => {
      expect(event).toBe('progress');
      void house.app.close();
    });
    expect(await following).toEqual(['1 progress']);
  });
});
