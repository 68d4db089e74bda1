import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findViolations, rooms } from './support/import-rules.ts';

async function readTree(): Promise<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const top of ['src', 'templates', 'compositions']) {
    for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      sources[path] = await readFile(path, 'utf8');
    }
  }
  return sources;
}

test('the house keeps its rules', async () => {
  const sources = await readTree();
  // Had the folders moved, an empty tree would keep every rule.
  for (const room of rooms) {
    expect(Object.keys(sources).filter((path) => path.startsWith(`src/${room}/`))).not.toEqual([]);
  }
  expect(findViolations(sources)).toEqual([]);
});

/** A small house that keeps the rules; each test plants one file in it. */
const house = {
  'src/errors.ts': 'export class DearlyError extends Error {}',
  'src/config.ts': `import { DearlyError } from './errors.ts'; export const config = process.env;`,
  'src/author.ts': `export { defineComposition } from './template/composition.ts';`,
  'src/profile/profile.ts': `import { DearlyError } from '../errors.ts'; export interface Profile {}`,
  'src/decide/decide.ts': `import type { Profile } from '../profile/profile.ts'; export const decide = 1;`,
  'src/template/composition.ts': 'export const defineComposition = 1;',
  'src/merge/merge.ts': `import { decide } from '../decide/decide.ts'; export interface Snapshot {}`,
  'src/run/one.ts': `import { decide } from '../decide/decide.ts'; export interface Ledger {}`,
  'src/adapters/postgres/connect.ts': `import pg from 'pg'; import type { Ledger } from '../../run/one.ts'; export const openDatabase = pg;`,
  'src/adapters/postgres/find.ts': `import type { Config } from '../../config.ts'; export const find = 1;`,
  'src/shell/wire.ts': `import { openDatabase } from '../adapters/postgres/connect.ts';`,
  'src/shell/http/page.ts': `import type { X } from '../../adapters/postgres/connect.ts'; import { find } from '../../adapters/postgres/find.ts';`,
  'src/web/site/main.tsx': `import { defineComposition } from '../../author.ts'; import type { Snapshot } from '../../merge/merge.ts';`,
  'templates/theme.ts': 'export const theme = 1;',
  'templates/bill/contract.ts': `import { theme } from '../theme.ts'; import { defineContract } from 'dearly/author';`,
  'compositions/bill/composition.ts': `import type { View } from '../../templates/bill/contract.ts'; import { scaleLinear } from 'd3-scale';`,
};

const plant = (path: string, source: string) => findViolations({ ...house, [path]: source });

test('a house that keeps the rules has no violation', () => {
  expect(findViolations(house)).toEqual([]);
});

test('comments and strings import nothing', () => {
  const source = `// import '../merge/merge.ts'\nexport const text = \`import '../merge/merge.ts'; process.env\`;`;
  expect(plant('src/profile/new.ts', source)).toEqual([]);
});

describe('upstream imports', () => {
  const written = {
    'a value': `import { x } from '../merge/merge.ts';`,
    'a type': `import type { Snapshot } from '../merge/merge.ts';`,
    'a re-export': `export * from '../merge/merge.ts';`,
    'a side effect': `import '../merge/merge.ts';`,
    'a dynamic import': `export const x = () => import('../merge/merge.ts');`,
    'a type in line': `export type X = import('../merge/merge.ts').Snapshot;`,
  };
  test.each(Object.entries(written))('%s', (_, source) => {
    expect(plant('src/profile/new.ts', source)).toEqual([
      'src/profile/new.ts: imports src/merge/merge.ts: merge lies downstream of profile',
    ]);
  });
});

const planted: [what: string, path: string, source: string, complaint: RegExp][] = [
  [
    'settings in a room',
    'src/merge/new.ts',
    `import { config } from '../config.ts';`,
    /settings are handed in/,
  ],
  ['the shell in an adapter', 'src/adapters/new.ts', `import '../shell/wire.ts';`, /shell lies downstream/],
  ['a template in a room', 'src/merge/new.ts', `import '../../templates/theme.ts';`, /nothing else/],
  ['a file that is not there', 'src/merge/new.ts', `import './nowhere.ts';`, /no such file/],
  ['I/O in a room', 'src/merge/new.ts', `import { readFile } from 'node:fs/promises';`, /no I\/O/],
  ['I/O without the prefix', 'src/merge/new.ts', `import http from 'http';`, /no I\/O/],
  ['the database in a room', 'src/segment/new.ts', `import { sql } from 'kysely';`, /no I\/O/],
  ['fetch in a room', 'src/merge/new.ts', `export const x = () => fetch('http://x');`, /fetches/],
  ['process.env', 'src/adapters/new.ts', 'export const x = process.env.HOME;', /process\.env/],
  ['process.env by parts', 'src/adapters/new.ts', 'const { env } = process;', /process\.env/],
  ['process.env by import', 'src/shell/new.ts', `import { env } from 'node:process';`, /process\.env/],
  [
    'building in a shell',
    'src/shell/http/new.ts',
    `import { openDatabase } from '../../adapters/postgres/connect.ts';`,
    /wire\.ts alone/,
  ],
  [
    'a room in the browser',
    'src/web/new.ts',
    `import { merge } from '../merge/merge.ts';`,
    /the browser knows/,
  ],
  ['Node in the browser', 'src/web/new.ts', `import { join } from 'node:path';`, /run in a browser/],
  ['the house in a pack', 'templates/bill/new.ts', `import '../../src/errors.ts';`, /dearly\/author/],
  ['Node in a composition', 'compositions/bill/new.ts', `import 'node:fs';`, /authors use/],
];

test.each(planted)('%s is a violation', (_, path, source, complaint) => {
  const [violation, ...others] = plant(path, source);
  expect(violation).toMatch(complaint);
  expect(violation).toContain(path);
  expect(others).toEqual([]);
});

test('a file of another pack is a violation', () => {
  const tree = {
    ...house,
    'templates/offer/tips.ts': 'export const x = 1;',
    'templates/bill/new.ts': `import { x } from '../offer/tips.ts';`,
  };
  expect(findViolations(tree)).toEqual([expect.stringMatching(/belongs to another pack/)]);
});

test('a circle is a violation, also one of types', () => {
  const tree = {
    ...house,
    'src/merge/a.ts': `import type { B } from './b.ts'; export interface A {}`,
    'src/merge/b.ts': `import type { C } from './c.ts'; export interface B {}`,
    'src/merge/c.ts': `import type { A } from './a.ts'; export interface C {}`,
  };
  expect(findViolations(tree)).toEqual([
    'circle: src/merge/a.ts → src/merge/b.ts → src/merge/c.ts → src/merge/a.ts',
  ]);
});
