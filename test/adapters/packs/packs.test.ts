import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listCompositions, loadComposition } from '../../../src/adapters/packs/load-composition.ts';
import { listPacks, loadPack } from '../../../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../../../src/adapters/packs/load-samples.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const templates = join(root, 'templates');
const compositions = join(root, 'compositions');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dearly-packs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('finds and loads what is shipped', async () => {
  expect(await listPacks(templates)).toContain('statement');
  const pack = await loadPack(templates, 'statement');
  expect(pack.languages).toEqual(['de', 'en', 'it']);
  expect(pack.contract?.purpose).toBe('service');
  expect(pack.files['theme.json']).toContain('Nordlicht Energie');
  expect((await loadSamples(templates, 'statement')).map((it) => it.profile.locale)).toEqual([
    'de-DE',
    'en-GB',
    'it-IT',
  ]);
});

it.each(['gone', '../templates/statement', '..', '', '/etc'])('knows no pack called "%s"', async (name) => {
  await expect(loadPack(templates, name)).rejects.toMatchObject({ code: 'pack-missing' });
  await expect(loadComposition(compositions, name)).rejects.toMatchObject({ code: 'composition-missing' });
  await expect(loadSamples(templates, name)).rejects.toMatchObject({ code: 'pack-missing' });
});

it('lists nothing where there is no folder', async () => {
  expect(await listPacks(join(folder, 'gone'))).toEqual([]);
  expect(await listCompositions(join(folder, 'gone'))).toEqual([]);
});

it('says what is wrong with a contract', async () => {
  await pack('broken', "export default { purpose: 'service' };\n");
  await pack('bursting', "throw new Error('no luck');\n");
  await expect(loadPack(folder, 'broken')).rejects.toMatchObject({
    code: 'pack-invalid',
    details: [expect.stringContaining('defineContract')],
  });
  await expect(loadPack(folder, 'bursting')).rejects.toMatchObject({ details: ['contract.ts: no luck'] });
});

it('loads the shipped composition, whose version follows its source and what it shares', async () => {
  const before = await loadComposition(compositions, 'statement');
  expect(before.definition.scenes.length).toBeGreaterThanOrEqual(5);
  const copy = join(folder, 'copy');
  await cp(compositions, copy, { recursive: true });
  await write('copy/statement/composition.ts', composition({}));
  for (const id of ['one', 'two']) await write(`copy/statement/scenes/${id}.tsx`, '');
  const first = await loadComposition(copy, 'statement');
  await write('copy/kit/new.ts', 'export const x = 1;\n');
  const second = await loadComposition(copy, 'statement');
  expect(new Set([before.version, first.version, second.version]).size).toBe(3);
  const names = await listCompositions(copy);
  expect(names).toContain('statement');
  expect(names).not.toContain('kit');
});

it('takes into the version what scenes import from elsewhere, and neither types nor sounds', async () => {
  await write('far/compositions/film/composition.ts', composition({}));
  await write(
    'far/compositions/film/scenes/one.tsx',
    "import { theme } from '../../../templates/theme.ts';\n",
  );
  await write(
    'far/compositions/film/scenes/two.tsx',
    "import type { View } from '../../../templates/types.ts';\n",
  );
  await write('far/templates/theme.ts', "export { ink } from './ink.ts';\n");
  const versions: string[] = [];
  const note = async () => {
    versions.push((await loadComposition(join(folder, 'far/compositions'), 'film')).version);
  };
  await note();
  await write('far/templates/ink.ts', "export const ink = '#123';\n");
  await note();
  await write('far/templates/ink.ts', "export const ink = '#456';\n");
  await note();
  expect(new Set(versions).size).toBe(3);
  await write('far/templates/types.ts', 'export interface View {}\n');
  await write('far/compositions/film/sounds/bed.m4a', 'la la la');
  await note();
  expect(versions[3]).toBe(versions[2]);
});

it.each([
  [
    'no-component',
    composition({ scenes: "[scene('one'), scene('three')]" }),
    'scene "three" has no component; write scenes/three.tsx',
  ],
  ['twice', composition({ scenes: "[scene('one'), scene('one')]" }), 'scene "one" is there twice'],
  ['no-poster', composition({ poster: "{ scene: 'gone', frame: 0 }" }), 'poster.scene "gone" is no scene'],
  [
    'no-time',
    composition({ scenes: "[{ ...scene('one'), durationInFrames: 0 }]" }),
    'scenes.0.durationInFrames',
  ],
  ['no-words', composition({ scenes: "[{ ...scene('one'), caption: 'x' }]" }), 'scenes.0.caption'],
  ['no-music', composition({ music: "'bed.m4a'" }), 'music "bed.m4a" does not stand in sounds/'],
  ['bad-id', composition({ scenes: "[scene('../one')]" }), 'expected kebab-case'],
])('refuses a composition: %s', async (name, source, expected) => {
  await write(`${name}/composition.ts`, source);
  for (const id of ['one', 'two']) await write(`${name}/scenes/${id}.tsx`, '');
  await expect(loadComposition(folder, name)).rejects.toMatchObject({
    code: 'composition-invalid',
    details: expect.arrayContaining([expect.stringContaining(expected)]),
  });
});

function composition(parts: { scenes?: string; poster?: string; music?: string }): string {
  return `const say = () => 'x';
const scene = (id) => ({ id, durationInFrames: 30, reads: () => ({}), chapter: say, caption: say });
export default { fps: 30, contract: { view: {} }, formats: ['16:9'], title: () => 'A film', music: ${parts.music}, poster: ${parts.poster ?? "{ scene: 'one', frame: 0 }"}, scenes: ${parts.scenes ?? "[scene('one'), scene('two')]"} };
`;
}

async function pack(name: string, contract: string): Promise<void> {
  await write(`${name}/contract.ts`, contract);
  await write(`${name}/messages/de.json`, '{"a": "b"}');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}
