import { moreWordsOfForm, wordsOfForm } from '../form-words.ts';
import { countingPrefix, countingWordsFor } from '../page/counting-words.ts';
import { readForms } from '../read-forms.ts';
import { type Hit, lineAt, readHit } from './finding.ts';
import { gateWords } from './gate-words.ts';
import type { Lint, Subject } from './lint.ts';

export const brokenMessage: Lint = {
  name: 'broken-message',
  level: 'fault',
  looksFor:
    'a message that is no ICU message, is missing in a language, stands there twice, or wants other arguments there; a file that is no JSON or names no language',
  why: 'some people would read half a sentence, or none',
  how: 'give every file of messages/ the same keys with the same {arguments}',
  *find({ words, files }) {
    for (const text of words.faults) {
      const hit = readHit(text);
      const key = /^"([^"]+)"/.exec(hit.what)?.[1];
      yield { ...hit, line: key === undefined ? hit.line : lineOfKey(files[hit.file] ?? '', key) };
    }
  },
};

export const unusedMessage: Lint = {
  name: 'unused-message',
  level: 'warning',
  looksFor: 'a message that no template and no code of the pack names',
  why: 'it is translated for nobody',
  how: 'take it out of every file of messages/',
  *find(subject): Generator<Hit> {
    const [lang = ''] = subject.words.languages;
    const file = `messages/${lang}.json`;
    const named = namesIn(subject);
    for (const key of Object.keys(subject.words.byLanguage[lang] ?? {}))
      if (!named.some((name) => name.test(key)))
        yield { file, line: lineOfKey(subject.files[file] ?? '', key), what: `nobody says "${key}"` };
  },
};

function lineOfKey(json: string, key: string): number {
  const at = json.search(new RegExp(`"${literally(key)}"\\s*:`));
  return at < 0 ? 1 : lineAt(json, at);
}

const gap = /\$\{[^}]*(?:\}|$)/g;

/** Templates write keys out; code may put them together, so `tips.${id}.title` names whatever fits. */
function namesIn({ files, sources, contract }: Subject): readonly RegExp[] {
  const written = sources.flatMap(({ text }) =>
    [...text.matchAll(/\bt\s+["']([^"']+)["']/g)].map(([, key = '']) => key),
  );
  // Whatever stands between two quotes: rather one word too many than a message called unused that is not.
  const quoted = Object.entries(files)
    .filter(([path]) => path.endsWith('.ts'))
    .flatMap(([, text]) => text.split(/["'`\n]/))
    .filter(
      (piece) => /^(?:[\w.-]|\$\{[^}]*(?:\}|$))+$/.test(piece) && /[a-z]/i.test(piece.replace(gap, '')),
    );
  const onPage = files['site.hbs'] === undefined ? [] : ['page.title', 'pdf.page'];
  const asked = contract.gate === undefined ? [] : gateWords(contract.gate.name);
  const inForms = Object.values(readForms(files).forms).flatMap((form) => [
    ...wordsOfForm(form).map(({ key }) => key),
    ...moreWordsOfForm(form),
  ]);
  const ofSwitch = Object.keys(countingWordsFor('en', {})).map((name) => `${countingPrefix}${name}`);
  return [...new Set([...written, ...quoted, ...asked, ...onPage, ...inForms, ...ofSwitch])].map(
    (key) => new RegExp(`^${key.split(gap).map(literally).join('[\\w.-]+')}$`),
  );
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
