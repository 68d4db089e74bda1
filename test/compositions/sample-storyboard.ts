import { readFile } from 'node:fs/promises';
import offer from '../../compositions/offer/composition.ts';
import statement from '../../compositions/statement/composition.ts';
import { makeSay } from '../../src/merge/format.ts';
import { makeStoryboard } from '../../src/merge/make-storyboard.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import type { Facts, Json } from '../../src/profile/profile.ts';
import type { Composition } from '../../src/template/composition.ts';
import type { Contract } from '../../src/template/contract.ts';
import offerContract, { type OfferView } from '../../templates/offer/contract.ts';
import statementContract, { type StatementView } from '../../templates/statement/contract.ts';

interface Sample {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly facts: Facts;
}

export type SampleName = 'ada-credit' | 'beatrice-due' | 'chiara-credit';
export type OfferSampleName = 'ada-fix' | 'beatrice-solar' | 'chiara-check';

interface Shown<View> {
  readonly storyboard: Storyboard;
  readonly view: View;
  readonly facts: Facts & {
    readonly readings: readonly { readonly month: string; readonly kwh: number }[];
  };
}

/** A shipped sample as the scenes get it: real contract, real messages, real composition. */
export function sampleStoryboard(name: SampleName, change?: Partial<Sample>): Promise<Shown<StatementView>> {
  return shown('statement', name, change, statementContract, statement as Composition);
}

export function offerStoryboard(name: OfferSampleName, change?: Partial<Sample>): Promise<Shown<OfferView>> {
  return shown('offer', name, change, offerContract, offer as Composition);
}

async function shown<View>(
  pack: string,
  name: string,
  change: Partial<Sample> = {},
  contract: unknown,
  definition: Composition,
): Promise<Shown<View>> {
  const { data: dataOf, view: viewOf, present } = contract as Contract;
  const folder = new URL(`../../templates/${pack}/`, import.meta.url);
  const sample: Sample = { ...(await readJson<Sample>(`samples/${name}.json`, folder)), ...change };
  const lang = sample.locale.slice(0, 2);
  const messages = await readJson<Record<string, string>>(`messages/${lang}.json`, folder);
  const say = makeSay({ lang, locale: sample.locale, messages, timeZone: sample.timeZone });
  const data = dataOf.parse(sample.facts);
  const view = viewOf.parse(present({ person: sample, data, asOf: '2025-11-20', say }));
  const storyboard = makeStoryboard(
    { name: pack, version: 'test', definition },
    view as Record<string, Json>,
    lang,
  );
  return { storyboard, view: view as View, facts: sample.facts as Shown<View>['facts'] };
}

async function readJson<T>(path: string, folder: URL): Promise<T> {
  return JSON.parse(await readFile(new URL(path, folder), 'utf8')) as T;
}
