// Enters: messages/<lang>.json files. Leaves: the words of each language, every language with the same keys.
// Never: a language that falls back to another's words; a missing one is named at load.
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { brokenJson } from './broken-json.ts';
import { isRich, richFaults } from './rich-message.ts';

/** ICU messages by flat dotted key. */
export type Messages = Readonly<Record<string, string>>;

const schema = z.record(z.string().regex(/^[a-zA-Z][\w-]*(\.[\w-]+)*$/), z.string());

/** German first: the language of those whose own is not on offer. */
const house = 'de';

export interface Words {
  /** The default language first. */
  readonly languages: readonly string[];
  readonly byLanguage: Readonly<Record<string, Messages>>;
  /** What is wrong, one line each. */
  readonly faults: readonly string[];
}

export function readMessages(files: Readonly<Record<string, string>>): Words {
  const byLanguage: Record<string, Messages> = {};
  const faults: string[] = [];
  for (const [path, source] of Object.entries(files)) {
    if (!/^messages\/.*\.(json|ya?ml)$/.test(path)) continue;
    const lang = /^messages\/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.json$/.exec(path)?.[1];
    if (lang === undefined) {
      faults.push(
        `${path}: names no language; call it messages/<language>.json, such as de.json or de-CH.json`,
      );
      continue;
    }
    const broken = brokenJson(source);
    if (broken !== null) {
      faults.push(`${path}:${broken.line}: ${broken.message}; mend it there, or just before`);
      continue;
    }
    faults.push(...twice(path, source));
    const read = schema.safeParse(JSON.parse(source));
    if (read.success) byLanguage[lang] = read.data;
    else for (const issue of read.error.issues) faults.push(unflat(path, issue.path.join('.')));
  }
  const languages = Object.keys(byLanguage).sort(
    (a, b) => Number(b === house) - Number(a === house) || (a < b ? -1 : 1),
  );
  if (languages.length === 0) faults.push('messages: no language; add messages/de.json with {"key": "text"}');
  for (const [lang, messages] of Object.entries(byLanguage)) {
    for (const key of Object.keys(messages)) faults.push(...faultsOf(lang, key, byLanguage));
  }
  return { languages, byLanguage, faults };
}

function faultsOf(lang: string, key: string, all: Readonly<Record<string, Messages>>): string[] {
  const file = `messages/${lang}.json`;
  const text = all[lang]?.[key] ?? '';
  const names = argumentsOf(text);
  if (typeof names === 'string') return [`${file}: "${key}" is no ICU message: ${names}`];
  const rich = isRich(key) ? richFaults(parse(text)).map((fault) => `${file}: "${key}": ${fault}`) : [];
  return [...rich, ...differences(lang, key, names, all)];
}

function differences(
  lang: string,
  key: string,
  names: Set<string>,
  all: Readonly<Record<string, Messages>>,
): string[] {
  const file = `messages/${lang}.json`;
  return Object.entries(all).flatMap(([other, messages]) => {
    if (other === lang) return [];
    if (!Object.hasOwn(messages, key)) {
      return [`messages/${other}.json: "${key}" is missing; ${file} has it, so every language needs it`];
    }
    const theirs = argumentsOf(messages[key] ?? '');
    if (typeof theirs === 'string') return [];
    const extra = [...theirs].filter((name) => !names.has(name));
    return extra.map((name) => `messages/${other}.json: "${key}" uses {${name}}, which ${file} does not`);
  });
}

/** The names a message wants filled, or why it cannot be read. */
export function argumentsOf(text: string): Set<string> | string {
  try {
    const names = new Set<string>();
    collect(parse(text), names);
    return names;
  } catch (cause) {
    return sayIcu(cause);
  }
}

function parse(text: string): Elements {
  return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;

function collect(elements: Elements, names: Set<string>): void {
  for (const element of elements) {
    // Text (0) and the plural's # (7) have no name; all others are arguments by theirs.
    if (element.type !== 0 && element.type !== 7) names.add(element.value);
    if ('options' in element)
      for (const option of Object.values(element.options)) collect(option.value, names);
  }
}

function unflat(path: string, key: string): string {
  const what = key === '' ? 'the file holds no keys' : `"${key}" is no key with a text`;
  return `${path}: ${what}; write flat keys of letters and dots, such as "tips.title": "…"`;
}

/** JSON takes the last of two without a word, and the first is the one that people mend. */
function twice(path: string, source: string): string[] {
  const keys = [...source.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:)?/g)].flatMap(([, key = '', colon]) =>
    colon ? key : [],
  );
  const again = keys.filter((key, index) => keys.indexOf(key) !== index);
  return again.map((key) => `${path}: "${key}" stands there twice; keep one of them`);
}

/** The library's names for what is wrong, in words. */
const icuFaults: Readonly<Record<string, string>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a { is not closed; write } behind the name',
  UNCLOSED_ARGUMENT_BRACE: 'a { is not closed; write } behind the name',
  EXPECT_ARGUMENT_SELECT_FRAGMENT_CLOSING_BRACE: 'a { of a choice is not closed; write } behind its text',
  EXPECT_PLURAL_ARGUMENT_SELECTOR_FRAGMENT: 'a form of the plural has no text; write one {…}',
  EXPECT_SELECT_ARGUMENT_SELECTOR_FRAGMENT: 'a choice has no text; write it like female {…}',
  EMPTY_ARGUMENT: 'a { holds no name; write {name}',
  MALFORMED_ARGUMENT: 'a { holds no plain name; write {name}',
  INVALID_ARGUMENT_TYPE:
    'a { has a kind that does not exist; there are plural, select, selectordinal, number, date, time',
  EXPECT_ARGUMENT_TYPE: 'a comma wants a kind behind it; write {count, plural, one {…} other {…}}',
  MISSING_OTHER_CLAUSE: 'a choice has no other; write other {…} as its last form',
  UNMATCHED_CLOSING_TAG: 'a tag is closed that is not open; take it out',
};

function sayIcu(cause: unknown): string {
  const code = cause instanceof Error ? cause.message : String(cause);
  return icuFaults[code] ?? `${code.toLowerCase().replaceAll('_', ' ')}; write {name} for what is filled in`;
}
