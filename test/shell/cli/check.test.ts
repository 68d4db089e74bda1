import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = resolve('src/shell/cli/main.ts');
let folder: string;

const contract = `import { z } from 'zod';
const view = z.object({ name: z.string() });
const present = ({ person, data }) => ({ name: data.title + person.firstName });
export default { purpose: 'service', data: z.object({ title: z.string() }), view, present };
`;
const mjml = (
  body: string,
) => `<mjml lang="{{lang}}"><mj-head><mj-preview>{{preheader}}</mj-preview></mj-head><mj-body>
<mj-section><mj-column>
${body}
<mj-text><a href="{{links.unsubscribe}}">{{t "stop"}}</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`;
const sample = {
  externalId: '1',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'L',
  locale: 'de-DE',
  timeZone: 'Europe/Berlin',
  consents: {},
  facts: { title: 'Frau ' },
};
const clean = {
  'contract.ts': contract,
  'email.mjml': mjml('<mj-text color="#000">{{name}}</mj-text>'),
  'subject.hbs': '{{name}}',
  'preheader.hbs': '{{name}}',
  'text.hbs': '{{name}} {{links.unsubscribe}}',
  'messages/de.json': '{"stop": "Abmelden"}',
  'messages/it.json': '{"stop": "Disiscriviti"}',
  'samples/ada.json': JSON.stringify(sample),
};
const parts = ['title', 'submit', 'thanks', 'goal', 'goal.save', 'goal.green'];
const pairParts = ['title', 'submit', 'thanks', 'one', 'two'];
const words = (stop: string) =>
  JSON.stringify({
    stop,
    ...Object.fromEntries(parts.map((it) => [`form.goal.${it}`, it])),
    ...Object.fromEntries(pairParts.map((it) => [`form.pair.${it}`, it])),
  });
const asked = (question: string) => {
  const entry = { id: 'why', ask: [question, `${question}?`], answer: '{{name}}' };
  return JSON.stringify({ questions: [{ ...entry, leads: { target: 'shop', label: 'Go' } }] });
};
const gated = (stop: string) => {
  const parts = ['question', 'hint', 'wrong', 'button'];
  return JSON.stringify({ stop, ...Object.fromEntries(parts.map((it) => [`gate.title.${it}`, it])) });
};
const packs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clean,
  pale: { ...clean, 'email.mjml': mjml('<mj-text color="#eee">{{name}}</mj-text>') },
  varied: { ...clean, 'subject.short.hbs': '{{name}}' },
  long: { ...clean, 'subject.hbs': `{{name}}${'!'.repeat(80)}` },
  huge: { ...clean, 'email.mjml': mjml(`<mj-text>${'so long '.repeat(14_000)}</mj-text>`) },
  hollow: { ...clean, 'samples/ada.json': JSON.stringify({ ...sample, facts: {} }) },
  filmed: {
    ...clean,
    'messages/de.json': words('Abmelden'),
    'messages/it.json': words('Disiscriviti'),
    'forms.json': JSON.stringify({
      goal: { fields: [{ name: 'goal', type: 'choice', options: ['save', 'green'] }] },
      pair: {
        fields: [
          { name: 'one', type: 'text' },
          { name: 'two', type: 'text' },
        ],
      },
    }),
  },
  gated: {
    ...clean,
    'contract.ts': contract.replace(
      'view, present }',
      "view, present, gate: { name: 'title', when: 'asked', answer: (data) => data.address.street } }",
    ),
    'text.hbs': '{{#unless gated}}{{name}}{{/unless}} {{links.unsubscribe}}',
    'messages/de.json': gated('Abmelden'),
    'messages/it.json': gated('Disiscriviti'),
  },
  talking: {
    ...clean,
    'questions/de.json': asked('Warum?'),
    'questions/it.json': asked('Perché?'),
  },
  broken: { ...clean, 'email.mjml': mjml('<mj-text>{{nme}}</mj-text>\n<mj-image src="{{links.poster}}" />') },
};

const film = `import contract from '../../templates/filmed/contract.ts';
const shown = { from: 0, until: 30 };
const interactions = () => [
  { ...shown, kind: 'form', label: 'Ask', form: 'goal' },
  { ...shown, kind: 'form', label: 'Ask', form: 'gaol' },
  { ...shown, kind: 'choice', label: 'Pick', form: 'goal' },
  { ...shown, kind: 'choice', label: 'Pick', form: 'pair' },
  { ...shown, kind: 'branch', label: 'Go', scene: 'two' },
  { ...shown, kind: 'link', label: 'Out', target: 'shop' },
];
const scene = { id: 'one', durationInFrames: 60, reads: () => ({}), chapter: () => 'One', caption: () => 'One', interactions };
const adapts = (field, ...answers) => () => ({ form: 'goal', field, by: Object.fromEntries(answers.map((it) => [it, {}])) });
const follows = { ...scene, interactions: undefined };
export default {
  contract, formats: ['16:9'], fps: 30, title: () => 'Film', poster: { scene: 'one', frame: 0 },
  scenes: [scene, { ...follows, id: 'three', adapts: adapts('goal', 'save', 'spend') }, { ...follows, id: 'four', adapts: adapts('aim') }],
};
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-check-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  for (const [pack, files] of Object.entries(packs)) {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, 'templates', pack, path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, text);
    }
  }
  const scenes = join(folder, 'compositions', 'filmed', 'scenes');
  await mkdir(scenes, { recursive: true });
  await writeFile(join(scenes, '..', 'composition.ts'), film);
  for (const id of ['one', 'three', 'four'])
    await writeFile(join(scenes, `${id}.tsx`), 'export default () => null;');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function check(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    DEARLY_DATA_DIR: join(folder, 'data'),
    NODE_ENV: undefined,
    FORCE_COLOR: undefined,
  };
  return new Promise((done) => {
    execFile(process.execPath, [main, 'check', ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test('a clean pack: one line and the count, exit 0, no database', async () => {
  expect(await check('clean', '--strict')).toEqual({
    code: 0,
    stdout: '✓ templates/clean\nno faults, no warnings; looked at 1\n',
    stderr: '',
  });
  expect(await readdir(folder)).not.toContain('data');
});

test('what variants of a campaign may choose is listed', async () => {
  expect((await check('varied')).stdout).toContain('✓ templates/varied\n    subjects: short\nno faults');
  const told = JSON.parse((await check('varied', '--json')).stdout);
  expect(told.checked[0].choices).toEqual({ blocks: [], subjects: ['short'] });
});

test('warnings are told; with --strict they end with 3', async () => {
  const pale = await check('pale', 'long');
  expect(pale.code).toBe(0);
  expect(pale.stdout).toMatch(
    /^! templates\/pale\n {4}warning email\.mjml:3 light scheme: #eeeeee on #ffffff has a contrast of 1\.1, not 4\.5 — .+ — .+\n! templates\/long\n/,
  );
  expect(pale.stdout).toContain('subject.hbs:1 the subject has 88 characters for ada, de — ');
  expect(pale.stdout).toContain('no faults, 3 warnings; looked at 2');
  expect((await check('pale', '--strict')).code).toBe(3);
});

test('every fault at once, with its line in the author’s file; exit 3, without a colour in a pipe', async () => {
  const { code, stdout } = await check('broken', 'huge', 'hollow', 'clean');
  expect(code).toBe(3);
  expect(stdout).toContain('✗ templates/broken\n');
  expect(stdout).toMatch(/fault {3}email\.mjml:3 unknown field "nme" — .+ — there are name, /);
  expect(stdout).toMatch(/fault {3}email\.mjml:4 <mj-image> has no alt text — .+ — write alt=/);
  expect(stdout).toMatch(/fault {3}email\.mjml:1 the HTML has \d+ KB for ada, \w\w — Gmail cuts/);
  expect(stdout).toContain(
    'samples/ada.json:1 in it it cannot be merged: The pack "hollow" lacks usable facts',
  );
  expect(stdout).toContain('✓ templates/clean\n');
  expect(stdout).not.toContain('\u001b');
});

test('what a film asks, follows and leads to has to be there', async () => {
  const { checked } = JSON.parse((await check('filmed', '--json')).stdout);

  const ofFilm = checked[0].findings.filter((it: { lint: string }) => it.lint === 'film-offers');
  expect(ofFilm.map((it: Record<string, string>) => `${it.level}: ${it.what}; ${it.how}`)).toEqual([
    'fault: the scene "one" asks the unknown form "gaol"; there are goal, pair',
    'fault: the scene "one" offers as a choice the form "pair"; a choice is a form of one field, with options or a scale; ask others as kind form',
    'fault: the scene "one" branches to the unknown scene "two"; there are one, three, four',
    'fault: the scene "three" follows in "goal" the unknown answer "spend"; there are save, green',
    'fault: the scene "four" follows in "goal" the unknown field "aim"; there are goal',
    'warning: the scene "one" links to the unknown target "shop"; there are none',
  ]);
});

test('a gate: code of the author’s that fails is theirs, with its line; a mail that asks nobody is told', async () => {
  const { code, stdout } = await check('gated');
  expect(code).toBe(3);
  expect(stdout).toMatch(/in de it cannot be merged: templates\/gated\/contract\.ts:4: Cannot read prop/);
  expect(stdout).toContain('warning email.mjml:1 it shows the same whether "title" is asked or not');
  expect(stdout).not.toContain('text.hbs:1');
});

test('where the chat leads on to has to be there', async () => {
  expect((await check('talking')).stdout).toContain(
    'warning questions/de.json:1 "why" leads to the unknown target "shop"',
  );
});

test('--json: one object', async () => {
  const { code, stdout } = await check('broken', 'nowhere', '--json');
  expect(code).toBe(3);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ faults: 3, warnings: 0, looked: 2 });
  expect(told.checked[0]).toMatchObject({ what: 'templates/broken' });
  expect(told.checked[0].findings).toContainEqual({
    lint: 'missing-alt',
    level: 'fault',
    file: 'email.mjml',
    line: 4,
    what: '<mj-image> has no alt text',
    why: expect.any(String),
    how: expect.any(String),
  });
  expect(told.checked[1].findings[0].what).toContain('No pack "nowhere" stands in');
});

test('everything, when nothing is named', async () => {
  const { code, stdout } = await check('--json');
  expect(code).toBe(3);
  const names = JSON.parse(stdout).checked.map((it: { what: string }) => it.what);
  const templates = Object.keys(packs).map((name) => `templates/${name}`);
  expect(names).toEqual([...templates.sort(), 'compositions/filmed']);
});
