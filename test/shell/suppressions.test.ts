import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findSuppressions } from '../../src/adapters/postgres/find-suppressions.ts';
import { unsubscribe } from '../../src/adapters/postgres/unsubscribe.ts';
import { hashAddress } from '../../src/profile/address-hash.ts';
import { suppressionCommand } from '../../src/shell/cli/suppression.ts';
import { runCommand } from '../support/run-command.ts';
import { sentMessage } from '../support/sent-message.ts';
import { type House, openHouse } from './http/open-house.ts';

let house: House;
let authorization: { authorization: string };

beforeAll(async () => {
  house = await openHouse();
  authorization = await house.key('profiles');
  vi.stubEnv('DATABASE_URL', house.wire.config.databaseUrl);
  vi.stubEnv('DEARLY_DATA_DIR', house.wire.config.dataDir);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await house.close();
});

const run = (...args: string[]) => runCommand(suppressionCommand(), ...args);
const post = async (path: string, payload: object, headers: Record<string, string> = authorization) => {
  const answer = await house.app.inject({
    method: 'POST',
    url: `/v1/suppressions${path}`,
    headers,
    payload,
  });
  return { status: answer.statusCode, ...answer.json() };
};
/** As a run asks before it sends. */
const heard = async (address: string) =>
  (await findSuppressions(house.wire.db, house.wire.addressKey, [address])).get(address) ?? [];
const stranger = () => `${randomUUID()}@example.org`;

test('an operator puts an address on the list, sees it, and takes it off', async () => {
  const address = stranger();
  expect((await run('list', address)).exit).toBe(1);
  expect(await run('add', address.toUpperCase())).toMatchObject({ exit: 0 });
  expect(await heard(address)).toEqual(['*']);
  const listed = await run('list', address, '--json');
  expect(JSON.parse(listed.out)).toMatchObject({
    total: 1,
    suppressions: [{ purpose: '*', reason: 'added' }],
  });
  expect(listed.out).not.toContain(address);
  expect((await run('list')).out).toMatch(/everything {2,}added/);
  expect(await run('add', address)).toMatchObject({ exit: 0, err: expect.stringContaining('1 stood there') });
  expect(await run('remove', address)).toMatchObject({ exit: 0, out: expect.stringContaining('added') });
  expect(await heard(address)).toEqual([]);
  expect((await run('remove', address)).exit).toBe(1);
});

test('a customer is named by number; an operator’s word outweighs what a double opt-in would lift', async () => {
  const person = await house.person({ email: stranger() });
  const address = person.email ?? '';
  const said = { profileId: person.id, purpose: 'marketing' as const };
  await unsubscribe(house.wire.db, said, { at: new Date(), secret: house.wire.addressKey });
  const asked = { who: [person.externalId] };
  expect((await post('/find', asked)).suppressions).toMatchObject([{ reason: 'unsubscribed' }]);
  expect(await post('', { ...asked, purpose: 'marketing' })).toEqual({ status: 200, changed: 1 });
  expect((await post('/find', asked)).suppressions).toMatchObject([{ reason: 'added' }]);
  expect(await heard(address)).toEqual(['marketing']);
  const { removed } = await post('/remove', asked);
  expect(removed).toMatchObject([{ purpose: 'marketing', reason: 'added' }]);
  const kept = await house.wire.profiles.find(person.externalId);
  expect(kept?.consents.marketing?.granted).toBe(false);
});

test('taking somebody off forgets their soft bounces', async () => {
  const person = await house.person({ email: stranger() });
  const address = person.email ?? '';
  const { rowId } = await sentMessage(house.wire.ledger, person.id);
  const hash = hashAddress(house.wire.addressKey, address);
  const { db } = house.wire;
  await db
    .insertInto('suppressions')
    .values({ address_hash: hash, purpose: '*', reason: 'soft-bounces' })
    .execute();
  await db
    .insertInto('soft_bounces')
    .values({ ledger_id: rowId, address_hash: hash, sent_at: new Date() })
    .execute();
  expect((await post('/remove', { who: [address], purpose: '*' })).removed).toHaveLength(1);
  expect(await db.selectFrom('soft_bounces').selectAll().where('address_hash', '=', hash).execute()).toEqual(
    [],
  );
});

test('a list from another system comes as a file; lines that are none are told by number', async () => {
  const [one, two] = [stranger(), stranger()];
  const file = join(house.wire.config.dataDir, 'list.txt');
  await writeFile(file, `\ufeff${one}\r\n\r\nno address\r\n ${two} \r\n${one}\r\n`);
  const added = await run('add', '--file', file);
  expect(added).toMatchObject({ exit: 4, err: expect.stringContaining('No address in line 3 of') });
  expect(added.err).toContain('2 entries were put on the list');
  expect(await heard(one)).toEqual(['*']);
  expect(await heard(two)).toEqual(['*']);
  expect((await run('add', '--file', join(house.wire.config.dataDir, 'nowhere'))).exit).toBe(3);
  expect((await run('add')).exit).toBe(3);
});

test('who is nobody is refused, and nothing of it is logged', async () => {
  expect(await post('', { who: ['very-private@'] })).toMatchObject({ status: 400 });
  expect(await post('', { who: ['very-private'] })).toMatchObject({ status: 404 });
  expect(await post('', { who: ['\0'] })).toMatchObject({ status: 404 });
  expect(await post('', { who: [] })).toMatchObject({ status: 400 });
  expect(await post('', { who: [stranger()], purpose: 'tracking' })).toMatchObject({ status: 400 });
  expect(await post('/find', { who: [stranger()] }, await house.key('events'))).toMatchObject({
    status: 403,
  });
  const listing = { method: 'GET', url: '/v1/suppressions?limit=1', headers: authorization } as const;
  const { suppressions, total } = (await house.app.inject(listing)).json();
  expect(suppressions).toHaveLength(1);
  expect(total).toBeGreaterThan(1);
  expect(house.log()).not.toContain('very-private');
});
