import { expect, test } from 'vitest';
import { compilePack } from '../../src/template/compile-pack.ts';
import { compileWith, faultsWith } from './small-pack.ts';

const entry = { id: 'name', ask: ['Wie heiße ich?', 'Mein Name?'], answer: 'Du heißt {{name}}.' };
const files = (de: object[], en: object[] = de, more: object = {}) => ({
  'questions/de.json': JSON.stringify({ questions: de, ...more }, null, 1),
  'questions/en.json': JSON.stringify({ questions: en, ...more }, null, 1),
});

test('questions are compiled with the pack, answers as plain text over the view', async () => {
  const pack = await compileWith(
    files([{ ...entry, when: '(eq name "Ada <3")', leads: { target: 'shop', label: 'Zum Laden' } }]),
  );
  const [question] = pack.questions.de?.questions ?? [];
  const say = { words: {} } as never;
  expect(question?.answer({ name: 'Ada <3' }, say)).toBe('Du heißt Ada <3.');
  expect(question?.applies?.({ name: 'Ada <3' }, say)).toBe('1');
  expect(question?.applies?.({ name: 'Eve' }, say)).toBe('');
  expect(pack.questions.de?.words.send).toBe('Senden');
  expect((await compileWith({})).questions).toEqual({});
  const old = await compilePack({ name: 'small', files: pack.files, contract: null });
  expect(old.version).toBe(pack.version);
  expect(old.questions.de?.questions[0]?.answer({ name: 'Ada' }, say)).toBe('Du heißt Ada.');
});

test('an element without content is written out, with where it asks', async () => {
  const site = '<main><dearly-chat></dearly-chat></main>';
  const pack = await compileWith({ ...files([entry]), 'site.hbs': site });
  const roots = { chat: { words: {} }, links: { answer: 'https://x/a/t' } };
  const page = pack.parts.site?.(roots, { words: {} } as never) ?? '';
  expect(page).toContain('action="https://x/a/t/chat"');
  expect(pack.parts.site?.({ links: {} }, { words: {} } as never)).toBe(
    '<main><dearly-chat></dearly-chat></main>',
  );
});

test.for([
  [
    'an unknown field',
    files([{ ...entry, answer: '{{nmae}}' }]),
    /questions\/de\.json:4: unknown field "nmae"/,
  ],
  [
    'an unknown field of a condition',
    files([{ ...entry, when: '(eq nmae 1)' }]),
    /de\.json:4: unknown field "nmae"/,
  ],
  ['a condition that is none', files([{ ...entry, when: 'name}}{{#each orders' }]), /questions\.0\.when/],
  ['three braces', files([{ ...entry, answer: '{{{name}}}' }]), /would let data write HTML/],
  ['one way to ask', files([{ ...entry, ask: ['Name?'] }]), /at least two ways/],
  [
    'a language without it',
    files([entry], [{ ...entry, id: 'other' }]),
    /"name" is missing; questions\/de\.json has it/,
  ],
  [
    'a form that is none',
    files([entry], [entry], { callBack: 'callback' }),
    /forms\.json has no form "callback"/,
  ],
  ['other conditions', files([entry], [{ ...entry, frequent: true }]), /differ from questions\/de\.json/],
  ['twice', files([entry, entry]), /"name" stands there twice/],
  [
    'no file for a language',
    { 'questions/de.json': JSON.stringify({ questions: [entry] }) },
    /en\.json:1: is missing/,
  ],
  [
    'no JSON',
    { 'questions/de.json': '{\n"questions": [1,]\n}' },
    /questions\/de\.json:2: no JSON: Unexpected token '\]'$/,
  ],
] as const)('%s is told', async ([, given, complaint]) => {
  expect((await faultsWith(given)).join('\n')).toMatch(complaint);
});
