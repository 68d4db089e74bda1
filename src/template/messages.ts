// Enters: messages/<lang>.json files. Leaves: the words of each language, every language with the same keys.
// Never: a language that falls back to another's words; a missing one is named at load.
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
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
    const lang = /^messages\/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.json$/.exec(path)?.[1];
    if (lang === undefined) continue;
    const read = schema.safeParse(parseJson(source, path, faults));
    if (read.success) byLanguage[lang] = read.data;
    else {
      const keys = read.error.issues.map((issue) => issue.path.join('.') || 'the file');
      faults.push(`${path}: ${keys.join(', ')}: expected flat keys such as "tips.title", each with a text`);
    }
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
    return cause instanceof Error ? cause.message : String(cause);
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

function parseJson(source: string, path: string, faults: string[]): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    faults.push(`${path}: ${cause instanceof Error ? cause.message : 'not JSON'}`);
    return {};
  }
}
