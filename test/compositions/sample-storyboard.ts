import { readFile } from 'node:fs/promises';
import statement from '../../compositions/statement/composition.ts';
import { makeSay } from '../../src/merge/format.ts';
import { makeStoryboard } from '../../src/merge/make-storyboard.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import type { Facts } from '../../src/profile/profile.ts';
import type { Composition } from '../../src/template/composition.ts';
import contract, { type StatementView } from '../../templates/statement/contract.ts';

const pack = new URL('../../templates/statement/', import.meta.url);

interface Sample {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly facts: Facts;
}

export type SampleName = 'ada-credit' | 'beatrice-due' | 'chiara-credit';

/** A shipped sample as the scenes get it: real contract, real messages, real composition. */
export async function sampleStoryboard(
  name: SampleName,
  change: Partial<Sample> = {},
): Promise<{ readonly storyboard: Storyboard; readonly view: StatementView }> {
  const sample: Sample = { ...(await readJson<Sample>(`samples/${name}.json`)), ...change };
  const lang = sample.locale.slice(0, 2);
  const messages = await readJson<Record<string, string>>(`messages/${lang}.json`);
  const say = makeSay({ lang, locale: sample.locale, messages, timeZone: sample.timeZone });
  const data = contract.data.parse(sample.facts);
  const view = contract.view.parse(contract.present({ person: sample, data, asOf: '2025-11-20', say }));
  const definition = statement as Composition;
  return { view, storyboard: makeStoryboard({ name: 'statement', version: 'test', definition }, view, lang) };
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, pack), 'utf8')) as T;
}
