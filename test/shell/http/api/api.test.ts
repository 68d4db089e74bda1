import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeKey } from '../../../../src/adapters/postgres/api-keys.ts';
import sample from '../../../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { openSink, type Sink } from '../../../support/smtp-sink.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let sink: Sink;
let key: { authorization: string };
beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
  key = await house.key('profiles', 'renders', 'campaigns');
});
afterAll(async () => {
  await house.close();
  await sink.close();
});

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
const call = (method: Method, url: string, payload?: object, headers: Record<string, string> = key) =>
  house.app.inject({ method, url, headers, ...(payload && { payload }) });
const person = {
  email: 'ada@example.org',
  firstName: 'Ada',
  lastName: 'Çelik',
  locale: 'de-DE',
  facts: sample.facts,
};
const render = { pack: 'statement', composition: 'statement', channels: ['email', 'site'] };

describe('keys', () => {
  const routes: [Method, string][] = [
    ['PUT', '/v1/profiles/x'],
    ['GET', '/v1/profiles/x'],
    ['DELETE', '/v1/profiles/x'],
    ['POST', '/v1/renders'],
    ['GET', `/v1/campaigns/${randomUUID()}`],
    ['GET', `/v1/campaigns/${randomUUID()}/report`],
    ['GET', `/v1/campaigns/${randomUUID()}/funnel.svg`],
  ];

  test.for(routes)('%s %s needs one, and the right one', async ([method, url]) => {
    const { authorization } = await house.key('profiles', 'renders', 'campaigns');
    await revokeKey(house.wire.db, authorization.split('_')[1] ?? '');
    for (const wrong of [
      {} as Record<string, string>,
      { authorization: 'Bearer nonsense' },
      { authorization },
    ]) {
      const answer = await call(method, url, undefined, wrong);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="dearly"');
      expect(answer.json()).toMatchObject({ code: 'key-denied' });
    }
    const other = await call(method, url, undefined, await house.key('events'));
    expect([other.statusCode, other.json().code]).toEqual([403, 'scope-denied']);
  });
});

describe('profiles', () => {
  test('are kept, shown and erased', async () => {
    const externalId = `NL 1/${'ä'.repeat(190)}`;
    const url = `/v1/profiles/${encodeURIComponent(externalId)}`;
    const body = { ...person, consents: { marketing: true }, facts: { ...person.facts, shoeSize: 44 } };
    const added = await call('PUT', url, body);
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      profile: {
        externalId,
        lastName: 'Çelik',
        consents: { marketing: { granted: true, source: 'api' } },
      },
      leftOut: ['shoeSize'],
    });
    const changed = await call('PUT', url, { firstName: 'Adele' });
    expect(changed.statusCode).toBe(200);
    expect(changed.json().profile).toMatchObject({
      firstName: 'Adele',
      lastName: 'Çelik',
      email: person.email,
    });
    expect((await call('GET', url)).json()).toMatchObject({
      profile: { firstName: 'Adele' },
      snapshots: [],
      ledger: [],
    });
    expect((await call('DELETE', url)).json()).toMatchObject({ found: true });
    for (const method of ['GET', 'DELETE'] as const) {
      const gone = await call(method, url);
      expect(gone.statusCode).toBe(404);
      expect(gone.json()).toMatchObject({ code: 'profile-missing', status: 404 });
    }
  });

  test('what does not fit is named, field by field, and nothing is kept', async () => {
    const body = {
      email: 'nobody',
      locale: 'xx-invalid-locale-',
      facts: { pricePerKwh: -1, currency: 'XXX' },
    };
    const answer = await call('PUT', '/v1/profiles/unfit', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      type: 'urn:dearly:fault:request-invalid',
      status: 400,
      details: expect.arrayContaining([
        expect.stringMatching(/^body\.email: expected an email address/),
        expect.stringMatching(/^body\.locale: /),
        expect.stringMatching(/^body\.facts\.pricePerKwh: /),
        expect.stringMatching(/^body\.facts\.currency: /),
      ]),
    });
    expect((await call('GET', '/v1/profiles/unfit')).statusCode).toBe(404);
  });

  test('unknown fields and broken JSON are refused', async () => {
    const unknown = await call('PUT', '/v1/profiles/x', { surname: 'x' });
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json().details).toEqual([expect.stringMatching(/^body: .*surname/)]);
    const headers = { ...key, 'content-type': 'application/json' };
    const broken = await house.app.inject({ method: 'PUT', url: '/v1/profiles/x', headers, payload: '{' });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'request-invalid']);
    const large = await call('PUT', '/v1/profiles/x', { facts: { x: 'x'.repeat(1_100_000) } });
    expect(large.statusCode).toBe(413);
  });
});

describe('renders', () => {
  test('a person with the data inline: links that work, an email with the same amount', async () => {
    const answer = await call('POST', '/v1/renders', {
      ...render,
      profile: { externalId: 'R-1', ...person },
    });
    expect(answer.statusCode).toBe(200);
    const { id, links, email, video, delivery } = answer.json();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const names = [
      'captions',
      'confirm',
      'pdf',
      'pictures',
      'poster',
      'site',
      'teaser',
      'unsubscribe',
      'video',
    ];
    expect(Object.keys(links).sort()).toEqual(names);
    expect([video, delivery]).toEqual([undefined, undefined]);
    const page = await house.app.inject({
      method: 'GET',
      url: new URL(links.site).pathname,
      headers: browser,
    });
    const amount = /[\d.]+,\d{2}\s€/.exec(email.text)?.[0] ?? 'none';
    expect(page.body).toContain(amount);
    expect(email.html).toContain(amount);
  });

  test('a stored person, by either id', async () => {
    const { id } = await house.person({ externalId: 'R-2' });
    for (const profileId of ['R-2', id]) {
      expect((await call('POST', '/v1/renders', { ...render, profileId })).statusCode).toBe(200);
    }
  });

  test('delivers once per key: the same answer, one message', async () => {
    const body = {
      ...render,
      profile: { externalId: 'R-3', ...person, email: 'once@example.org' },
      deliver: true,
    };
    const headers = { ...key, 'idempotency-key': 'order-1' };
    const first = await call('POST', '/v1/renders', body, headers);
    expect(first.json().delivery).toEqual({ state: 'accepted', reason: expect.anything() });
    const again = await call('POST', '/v1/renders', { ...body, pack: 'statement' }, headers);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
    expect(sink.messages.filter(({ to }) => to.includes('once@example.org'))).toHaveLength(1);

    const other = await call('POST', '/v1/renders', { ...body, channels: ['site'] }, headers);
    expect([other.statusCode, other.json().code]).toEqual([409, 'idempotency-conflict']);
    const stranger = await call(
      'POST',
      '/v1/renders',
      { ...body, deliver: false },
      {
        ...(await house.key('renders')),
        'idempotency-key': 'order-1',
      },
    );
    expect(stranger.statusCode).toBe(200);
  });

  test('of two at once with the same key, one is answered and one told to wait; one message', async () => {
    const body = {
      ...render,
      profile: { externalId: 'R-4', ...person, email: 'race@example.org' },
      deliver: true,
    };
    const headers = { ...key, 'idempotency-key': 'order-2' };
    const answers = await Promise.all([1, 2].map(() => call('POST', '/v1/renders', body, headers)));
    const codes = answers.map((it) => it.statusCode).sort();
    expect([
      [200, 200],
      [200, 409],
    ]).toContainEqual(codes);
    for (const busy of answers.filter((it) => it.statusCode === 409)) {
      expect(busy.json().code).toBe('idempotency-busy');
      expect(busy.headers['retry-after']).toBeDefined();
    }
    expect(sink.messages.filter(({ to }) => to.includes('race@example.org'))).toHaveLength(1);
  });

  test('a refused request frees its key', async () => {
    const headers = { ...key, 'idempotency-key': 'order-3' };
    const body = { ...render, profileId: 'R-5' };
    expect((await call('POST', '/v1/renders', body, headers)).statusCode).toBe(404);
    await house.person({ externalId: 'R-5' });
    expect((await call('POST', '/v1/renders', body, headers)).statusCode).toBe(200);
  });

  test.for([
    [{}, 400, 'request-invalid'],
    [{ ...render, profileId: 'R-2', profile: { externalId: 'x' } }, 400, 'request-invalid'],
    [{ ...render, profileId: 'R-2', pack: '../etc' }, 400, 'request-invalid'],
    [{ ...render, profileId: 'R-2', channels: ['fax'] }, 400, 'request-invalid'],
    [{ ...render, profileId: 'R-2', pack: 'none-such' }, 404, 'pack-missing'],
    [{ ...render, profileId: 'nobody' }, 404, 'profile-missing'],
    [{ ...render, profile: { externalId: 'R-6', email: 'x@example.org' } }, 422, 'data-incomplete'],
    [
      { ...render, profile: { externalId: 'R-7', ...person, email: null }, deliver: true },
      422,
      'not-deliverable',
    ],
  ] as const)('refused: %j', async ([body, status, code]) => {
    const answer = await call('POST', '/v1/renders', body);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});

describe('campaigns', () => {
  test('tell where they stand and how far people came', async () => {
    const body = {
      ...render,
      profile: { externalId: 'C-1', ...person, consents: { tracking: true } },
      deliver: true,
    };
    const { id: snapshotId, links } = (await call('POST', '/v1/renders', body)).json();
    const run = await house.wire.db
      .selectFrom('ledger')
      .select('run_id')
      .where('snapshot_id', '=', snapshotId)
      .executeTakeFirstOrThrow();
    await house.wire.db
      .updateTable('ledger')
      .set({ ended_at: new Date(0) })
      .where('run_id', '=', run.run_id)
      .execute();
    await house.app.inject({ method: 'GET', url: new URL(links.site).pathname, headers: browser });
    await house.app.inject({
      method: 'GET',
      url: new URL(links.site).pathname,
      headers: { 'user-agent': 'curl/8' },
    });
    const standing = (await call('GET', `/v1/campaigns/${run.run_id}`)).json();
    expect(standing).toMatchObject({ kind: 'render', total: 1, byState: { accepted: 1 }, open: 0 });
    const report = (await call('GET', `/v1/campaigns/${run.run_id}/report`)).json();
    expect(report.funnel.steps).toContainEqual(
      expect.objectContaining({ step: 'visited', people: 1, among: 1, share: 1, machines: 1 }),
    );
  });

  test('that are none', async () => {
    expect((await call('GET', `/v1/campaigns/${randomUUID()}`)).json()).toMatchObject({
      code: 'run-missing',
    });
    expect((await call('GET', '/v1/campaigns/x')).statusCode).toBe(404);
  });
});

describe('the rest', () => {
  test('health, readiness and counts', async () => {
    expect((await call('GET', '/healthz')).json()).toEqual({ status: 'ok' });
    expect((await call('GET', '/readyz')).json()).toEqual({ status: 'ready' });
    const { body, headers } = await call('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('dearly_http_request_seconds_count{route="/healthz",method="GET",status="200"} 1');
    expect(body).toMatch(/^dearly_database_up 1$/m);
  });

  test('the API describes itself', async () => {
    const spec = (await call('GET', '/openapi.json')).json();
    const pausing = spec.paths['/v1/campaigns/{id}/pause'].post.requestBody;
    expect([pausing.required, spec.paths['/v1/renders'].post.requestBody.required]).toEqual([false, true]);
    const report =
      spec.paths['/v1/campaigns/{id}/report'].get.responses[200].content['application/json'].schema;
    expect(report.properties.funnel.properties.steps.items.properties.step.enum).toContain('watched-25');
    expect(spec.openapi).toBe('3.1.0');
    expect(Object.keys(spec.paths)).toEqual(
      expect.arrayContaining([
        '/v1/renders',
        '/v1/profiles/{externalId}',
        '/v1/campaigns/{id}',
        '/s/{token}',
      ]),
    );
    expect(spec.paths['/v1/renders'].post.security).toEqual([{ key: [] }]);
    const { requestBody, responses } = spec.paths['/v1/campaigns'].post;
    expect(Object.keys(responses)).toEqual(['200', '201', 'default']);
    expect(requestBody.content['application/yaml'].schema.type).toBe('string');
    expect(requestBody.content['application/json'].schema).toMatchObject({
      required: ['name', 'pack', 'sender'],
      properties: { on_unknown: { enum: ['hold', 'resend'] } },
    });
    const asked = spec.paths['/a/{token}/chat'].post.requestBody.content['application/json'].schema;
    expect(Object.keys(asked.properties)).toEqual(['id', 'question', 'handOver']);
    const said = spec.paths['/a/{token}'].post.requestBody.content;
    expect(Object.keys(said)).toContain('application/x-www-form-urlencoded');
    expect(said['application/json'].schema.anyOf).toHaveLength(2);
    const tags: string[] = spec.tags.map((it: { name: string }) => it.name);
    const used = Object.values<Record<string, { tags?: string[] }>>(spec.paths).flatMap((path) =>
      Object.values(path).flatMap((route) => route.tags ?? []),
    );
    expect([...new Set(used)].filter((it) => !tags.includes(it))).toEqual([]);
    const text = JSON.stringify(spec);
    for (const [, ref = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g))
      expect(
        ref.split('/').reduce((it, key) => it?.[key], spec),
        ref,
      ).toBeDefined();
    const silent = Object.entries<Record<string, { responses: Record<string, { content?: object }> }>>(
      spec.paths,
    ).flatMap(([path, verbs]) =>
      Object.entries(verbs).flatMap(([verb, { responses: all }]) => {
        const saysNothing = Object.entries(all).some(
          ([status, it]) => /^20[0-3]$/.test(status) && !it.content,
        );
        return path.startsWith('/v1/') && saysNothing ? [`${verb} ${path}`] : [];
      }),
    );
    expect(silent).toEqual([]);
    expect((await call('GET', '/docs/')).statusCode).toBe(200);
  });

  test('an address where nothing stands: a page for people, a problem for programs', async () => {
    const page = await house.app.inject({
      method: 'GET',
      url: '/nothing',
      headers: { ...browser, 'accept-language': 'en' },
    });
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await call('GET', '/v1/nothing')).json()).toMatchObject({ status: 404, code: 'not-found' });
  });
});
