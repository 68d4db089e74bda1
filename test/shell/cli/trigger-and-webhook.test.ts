import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { triggerCommand } from '../../../src/shell/cli/trigger.ts';
import { webhookCommand } from '../../../src/shell/cli/webhook.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { runCommand as run } from '../../support/run-command.ts';

let database: TestDatabase;
let folder: string;
const heard: { body: string; headers: Record<string, string> }[] = [];
const crm = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  heard.push({ body, headers: request.headers as Record<string, string> });
  response.writeHead(204).end();
});
let url: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'dearly-cli-'));
  await new Promise<void>((done) => crm.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(crm.address() as AddressInfo).port}/`;
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('DEARLY_DATA_DIR', folder);
  vi.stubEnv('DEARLY_WEBHOOKS_LOCAL', '1');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  crm.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a trigger is added with all its errors told, listed, rotated and removed', async () => {
  const file = join(folder, 'bad.yaml');
  await writeFile(file, 'name: x\npack: nowhere\nsender: nordlicht\naudience: true\nsample: {}\n');
  const bad = await run(triggerCommand(), 'add', file);
  expect(bad.exit).toBe(3);
  for (const line of [':2: pack: nowhere', ':4: audience: no such field', ':5: sample: no such field'])
    expect(bad.err).toContain(line);

  const added = await run(triggerCommand(), 'add', 'examples/crm/welcome.yaml');
  expect(added).toMatchObject({ exit: 0, out: expect.stringMatching(/^whsec_\S+\n$/) });
  const again = await run(triggerCommand(), 'add', 'examples/crm/welcome.yaml');
  expect(again).toMatchObject({ exit: 0, out: '' });
  const rotated = await run(triggerCommand(), 'rotate', 'welcome');
  expect(rotated.out).toMatch(/^whsec_/);
  expect(rotated.out).not.toBe(added.out);
  const listed = await run(triggerCommand(), 'list');
  expect(listed.out).toMatch(/^welcome +pack welcome +0 events, two secrets until /);
  expect((await run(triggerCommand(), 'remove', 'welcome')).exit).toBe(0);
  expect((await run(triggerCommand(), 'remove', 'welcome')).exit).toBe(3);
});

test('a webhook is added, tried out, logged, told again and removed', async () => {
  const added = await run(webhookCommand(), 'add', url, '--type', 'message.accepted,message.clicked');
  const id = added.err.split(' ')[0] ?? '';
  const tried = await run(webhookCommand(), 'test', id);
  expect(tried).toMatchObject({ exit: 0, out: expect.stringMatching(/delivered +1× +webhook\.test/) });
  const [first] = heard;
  expect(new Webhook(added.out.trim()).verify(first?.body ?? '', first?.headers ?? {})).toMatchObject({
    type: 'webhook.test',
  });
  const log = JSON.parse((await run(webhookCommand(), 'log', id, '--json')).out);
  expect(log).toMatchObject([{ state: 'delivered', lastStatus: 204 }]);
  expect((await run(webhookCommand(), 'redeliver', log[0].id)).exit).toBe(0);
  expect((await run(webhookCommand(), 'redeliver', id, '--failed')).err).toBe('0 are told once more.\n');
  expect((await run(webhookCommand(), 'list')).out).toContain('message.accepted,message.clicked  works');
  expect((await run(webhookCommand(), 'rotate', id)).out).toMatch(/^whsec_/);
  expect((await run(webhookCommand(), 'remove', id)).exit).toBe(0);
  expect((await run(webhookCommand(), 'log', id)).exit).toBe(3);
  expect((await run(webhookCommand(), 'add', 'ftp://crm.example')).exit).toBe(3);
});
