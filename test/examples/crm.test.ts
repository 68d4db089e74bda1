import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostWebhook } from '../../src/adapters/fetch/post-webhook.ts';
import { addEndpoint, endpointSecret } from '../../src/adapters/postgres/webhooks/endpoints.ts';
import { keepTrigger } from '../../src/adapters/postgres/webhooks/triggers.ts';
import { readTrigger } from '../../src/campaign/trigger.ts';
import { checkCampaign } from '../../src/run/campaign/check-campaign.ts';
import { takeJobs } from '../../src/shell/cli/run-jobs.ts';
import { type House, openHouse } from '../shell/http/open-house.ts';
import { openSink, type Sink } from '../support/smtp-sink.ts';

let house: House;
let sink: Sink;
let crm: ChildProcess;
let lines: AsyncIterator<string>;
let crmUrl: string;
const stop = new AbortController();
const faults: string[] = [];

const nextLine = async () => String((await lines.next()).value);

beforeAll(async () => {
  sink = await openSink();
  house = await openHouse({ smtpUrl: sink.url });
  const { db, secret, shelf } = house.wire;
  const file = 'examples/crm/welcome.yaml';
  const { campaign } = await checkCampaign(readTrigger(await readFile(file, 'utf8'), file), shelf);
  const endpoint = await addEndpoint(db, secret, { url: 'http://127.0.0.1:1/dearly', types: ['*'] });
  crm = spawn(process.execPath, ['examples/crm/crm.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      DEARLY_URL: await house.app.listen({ host: '127.0.0.1', port: 0 }),
      TRIGGER_SECRET: (await keepTrigger(db, secret, campaign)).secret ?? '',
      WEBHOOK_SECRET: await endpointSecret(db, [secret], endpoint.id, new Date()),
    },
  });
  if (crm.stdout === null) throw new Error('no output to read');
  lines = createInterface(crm.stdout)[Symbol.asyncIterator]();
  crmUrl = /http:\S+/.exec(await nextLine())?.[0] ?? '';
  await db
    .updateTable('webhook_endpoints')
    .set({ url: `${crmUrl}/dearly` })
    .execute();
  const webhooks = { ...house.wire.webhooks, post: createPostWebhook({ isLocalAllowed: true }) };
  const onFault = (what: string, error: unknown) => faults.push(`${what}: ${error}`);
  await takeJobs({ ...house.wire, webhooks }, { signal: stop.signal, onFault, tickMs: 200 });
});
afterAll(async () => {
  stop.abort();
  const ended = once(crm, 'exit');
  crm.kill('SIGTERM');
  await ended;
  await house.close();
  await sink.close();
});

const post = (path: string, body: string) => fetch(`${crmUrl}${path}`, { method: 'POST', body });

test('a sign-up becomes one message, and the CRM hears of it', async () => {
  const customer = { externalId: 'C-1', email: 'ada@example.org', firstName: 'Ada', locale: 'en-GB' };
  const answer = await post('/sign-up', JSON.stringify(customer));
  expect(answer.status).toBe(202);
  const { job } = (await answer.json()) as { job: { id: string; state: string } };
  expect(job.state).toBe('queued');
  // A worker hears of the event by its queue, and its tick tells the CRM.
  expect(await nextLine()).toMatch(/^\S+Z message\.accepted welcome C-1 a$/);
  expect(sink.messages.map(({ to }) => to)).toEqual(['ada@example.org']);
  expect(faults).toEqual([]);
});

test('it refuses what Dearly did not sign, and passes on what Dearly refuses', async () => {
  const forged = await post('/dearly', '{"type":"message.accepted","data":{}}');
  expect(forged.status).toBe(401);
  const bad = await post('/sign-up', '{"externalId":"C-2","email":"nobody","firstName":"X"}');
  expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('email: expected')]);
});
