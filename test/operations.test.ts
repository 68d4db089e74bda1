import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignCommand } from '../src/shell/cli/campaign/command.ts';
import { keyCommand } from '../src/shell/cli/key.ts';
import { linkCommand } from '../src/shell/cli/link.ts';
import { secretCommand } from '../src/shell/cli/secret.ts';
import { suppressionCommand } from '../src/shell/cli/suppression.ts';
import { triggerCommand } from '../src/shell/cli/trigger.ts';
import { webhookCommand } from '../src/shell/cli/webhook.ts';
import { type House, openHouse } from './shell/http/open-house.ts';
import { sentMessage } from './support/sent-message.ts';

// An operator at night types what stands there. It has to be there.
let text: string;
let house: House;

beforeAll(async () => {
  text = await readFile('docs/operations.md', 'utf8');
  house = await openHouse();
});
afterAll(() => house.close());

test('every metric that it names is told', async () => {
  const { body } = await house.app.inject('/metrics');
  const told = new Set([...body.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
  const named = new Set(
    [...text.matchAll(/dearly_\w+/g)].map(([name]) => name).filter((it) => it !== 'dearly_recipients'),
  );
  expect([...named].filter((name) => !told.has(name))).toEqual([]);
});

test.each(
  [
    campaignCommand(),
    keyCommand(),
    linkCommand(),
    secretCommand(),
    suppressionCommand(),
    triggerCommand(),
    webhookCommand(),
  ].map((it) => [it.name(), it] as const),
)('every verb of `%s` that it names is there', (name, command) => {
  const there = command.commands.map((it) => it.name());
  const said = text.matchAll(new RegExp(`(?:\`|npm run dearly -- |^ +dearly )${name} ([a-z-]+)`, 'gm'));
  const named = [...said].map(([, verb]) => verb);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((verb) => !there.includes(verb ?? ''))).toEqual([]);
});

test('its SQL puts rows that went out after the backup down as in doubt', async () => {
  const { db, ledger } = house.wire;
  const person = await house.person();
  const { rowId, runId } = await sentMessage(ledger, person.id);
  await sql`update runs set state = 'paused', completed_at = null where id = ${runId}`.execute(db);
  await sql`update ledger set state = 'planned', next_at = now(), ended_at = null where id = ${rowId}`.execute(
    db,
  );
  const statement = /```sql\n([\s\S]+?)```/.exec(text)?.[1]?.replace('…', rowId) ?? '';
  await sql.raw(statement).execute(db);
  expect(await ledger.resolveUnknown(runId, 'accept')).toBe(1);
  expect(await ledger.look(runId, person.id)).toMatchObject({ state: 'accepted' });
});
