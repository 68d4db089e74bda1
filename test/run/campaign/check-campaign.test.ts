import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShelf } from '../../../src/adapters/packs/shelf.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { readCampaign } from '../../../src/campaign/read-campaign.ts';
import { DearlyError } from '../../../src/errors.ts';
import { checkCampaign } from '../../../src/run/campaign/check-campaign.ts';
import type { Shelf } from '../../../src/run/shelf.ts';
import { testDatabase } from '../../support/database.ts';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let shelf: Shelf;

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  shelf = openShelf({ packs: 'templates', compositions: 'compositions', senders: ['examples/senders'] }, db);
});
afterAll(async () => {
  await db.destroy();
  await made.drop();
});

const check = (text: string) => checkCampaign(readCampaign(text, 'c.yaml'), shelf);

async function errorsOf(text: string): Promise<readonly string[]> {
  const error = await check(text).then(
    () => null,
    (it: unknown) => it,
  );
  if (error instanceof DearlyError && error.code === 'campaign-invalid') return error.details;
  throw error ?? new Error('it was accepted');
}

test.each(await readdir('examples/campaigns'))('the example %s has nothing to complain of', async (file) => {
  const text = await readFile(`examples/campaigns/${file}`, 'utf8');
  expect((await checkCampaign(readCampaign(text, file), shelf)).warnings).toEqual([]);
});

test('nor has the one that the docs show', async () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(await readFile('docs/campaigns.md', 'utf8')) ?? [];
  expect((await checkCampaign(readCampaign(text, 'docs/campaigns.md'), shelf)).campaign.name).toBe(
    'monthly-offer',
  );
});

test('what the shelf has not is told beside what is wrong in the file, each with its line', async () => {
  const errors = await errorsOf(`name: Bad Name
pack: offer
composition: offer
sender: nobody
attachments: [pdf]
variants:
  - name: a
    subject: nope
  - name: b
    blocks:
      - why
      - news
    scenes: [opening, news]
`);
  expect(errors).toEqual([
    'c.yaml:1: name: expected a name in kebab-case such as yearly-statement',
    'c.yaml:4: sender: nobody does not stand in senders; there is nordlicht',
    'c.yaml:5: attachments.0: the pack offer has no attachment pdf; it has none',
    'c.yaml:8: variants.0.subject: the pack offer has no subject nope; it has picked',
    'c.yaml:12: variants.1.blocks.1: the pack offer has no block news; it has offer, why, benefits',
    expect.stringMatching(/^c\.yaml:13: variants\.1\.scenes\.1: the composition offer has no scene news; /),
  ]);
});

test('a fact that no contract names is doubted: it is never imported', async () => {
  const head = 'name: a\npack: offer\nsender: nordlicht\n';
  const { warnings } = await check(
    `${head}audience:\n  all:\n    - { field: facts.shoeSize, op: gt, value: 40 }\n    - { field: facts.newsletterRequestedAt, op: exists }\n`,
  );
  // The second is one of another pack's.
  expect(warnings).toEqual(["c.yaml:6: audience.all.0.field: no pack's contract names the fact shoeSize"]);
});

test('a variant that is wrong hides nothing of what it and the others name', async () => {
  const errors = await errorsOf(`name: a
pack: offer
sender: nordlicht
variants:
  - name: a
    subject: nope
    wieght: 3
  - name: b
    blocks: [news]
`);
  expect(errors).toEqual([
    'c.yaml:6: variants.0.subject: the pack offer has no subject nope; it has picked',
    'c.yaml:7: variants.0.wieght: no such field',
    'c.yaml:9: variants.1.blocks.0: the pack offer has no block news; it has offer, why, benefits',
  ]);
});
