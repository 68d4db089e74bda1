import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPack } from '../../src/adapters/packs/load-pack.ts';
import { findAnswer } from '../../src/answer/find-answer.ts';
import { type Asking, questionsFor } from '../../src/merge/questions-for.ts';
import { takeSnapshot } from '../../src/merge/take-snapshot.ts';
import type { Profile } from '../../src/profile/profile.ts';
import type { CompiledPack } from '../../src/template/compiled-pack.ts';
import { makeLinks } from '../../src/track/make-links.ts';
import { asked, offTopic } from './asked.ts';

const packs = ['statement', 'offer'] as const;
const samples = {
  statement: ['ada-credit', 'beatrice-due', 'chiara-credit'],
  offer: ['ada-fix', 'beatrice-solar'],
};
const sender = {
  from: { name: 'Nordlicht', address: 'service@nordlicht.example' },
  legal: { company: 'Nordlicht GmbH', lines: [] },
};
const askings = new Map<string, Asking>();

beforeAll(async () => {
  for (const name of packs) {
    const pack = await loadPack('templates', name);
    for (const sample of samples[name])
      for (const lang of pack.languages)
        askings.set(`${name} ${sample} ${lang}`, await askingOf(pack, sample, lang));
  }
});

async function askingOf(pack: CompiledPack, sample: string, lang: string): Promise<Asking> {
  const text = await readFile(`templates/${pack.name}/samples/${sample}.json`, 'utf8');
  const profile = { ...(JSON.parse(text) as Profile), id: sample, locale: lang };
  const snapshot = takeSnapshot({
    id: '0199a0f0-0000-7000-8000-000000000001',
    profile,
    pack,
    composition: null,
    sender: 'nordlicht',
    variant: 'a',
    tracking: false,
    now: new Date('2026-11-04T12:00:00Z'),
  });
  const links = makeLinks(Buffer.alloc(32, 1), snapshot, { api: '', site: 'https://x.example' });
  const asking = questionsFor(snapshot, pack, links, sender);
  if (asking === null) throw new Error('no questions');
  return asking;
}

const find = ({ list, questions }: Asking, text: string) => findAnswer(text, list, questions);
const idOf = (asking: Asking, text: string) => {
  const found = find(asking, text);
  return found.kind === 'found' ? found.question.id : null;
};

test('a question of the list finds its own answer, for whomever it concerns', () => {
  for (const asking of askings.values())
    for (const question of asking.questions)
      for (const text of question.ask) {
        expect([text, idOf(asking, text)]).toEqual([text, question.id]);
        expect(idOf(asking, text.toUpperCase().replaceAll(' ', '  '))).toBe(question.id);
      }
});

test('the evaluation: what is answered is right, and most of what can be is answered', () => {
  const count = { right: 0, wrong: 0, unknown: 0, refused: 0 };
  const complaints: string[] = [];
  for (const [name, asking] of askings) {
    const [pack = '', , lang = ''] = name.split(' ');
    const own = new Set(asking.questions.map(({ id }) => id));
    for (const [meant, texts] of Object.entries(asked[pack]?.[lang] ?? {})) {
      const right = meant.split(' ').filter((id) => own.has(id));
      for (const text of texts) {
        const id = idOf(asking, text);
        if (id === null) count.unknown++;
        else if (right.includes(id)) count.right++;
        else count.wrong++;
        if (id === null || !right.includes(id)) complaints.push(`${name}: ${text} → ${id} (${meant})`);
      }
    }
    for (const text of offTopic[lang] ?? []) {
      const id = idOf(asking, text);
      if (id === null) count.refused++;
      else count.wrong++;
      if (id !== null) complaints.push(`${name}: ${text} → ${id} (nothing)`);
    }
  }
  const precision = count.right / (count.right + count.wrong);
  const recall = count.right / (count.right + count.unknown);
  const said = `${JSON.stringify({ ...count, precision, recall })}\n${complaints.join('\n')}`;
  expect(precision, said).toBeGreaterThanOrEqual(0.98);
  expect(recall, said).toBeGreaterThanOrEqual(0.9);
});

describe('whatever is asked', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '\u202Etfel ot thgir\u202C',
      'x'.repeat(10_240),
      'Warum\0ist meine Rechnung höher?',
      '__proto__ constructor toString',
      '{{cost.total}}',
    ),
  );
  test('the answer is one of the list, in this person’s figures, or none', () => {
    const people = [...askings.values()];
    fc.assert(
      fc.property(fc.constantFrom(...people), hostile, (asking, text) => {
        const found = find(asking, text);
        const shown = found.kind === 'found' ? [found.question] : found.nearest;
        expect(shown.every((it) => asking.questions.includes(it))).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(3);
        for (const question of shown)
          expect(asking.answer(question).answer).not.toMatch(/\{\{|undefined|NaN/);
      }),
      { numRuns: 40 },
    );
  });
});

test('a question that is not for this person is answered for what holds for them', () => {
  const ids = [...askings].flatMap(([name, asking]) =>
    name.startsWith('statement') ? [asking.questions.map(({ id }) => id)] : [],
  );
  for (const own of ids) {
    expect(own.filter((id) => ['why-more', 'not-more'].includes(id))).toHaveLength(1);
    expect(own.filter((id) => ['when-credit', 'when-due', 'balance-even'].includes(id))).toHaveLength(1);
  }
});
