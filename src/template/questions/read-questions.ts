// Enters: questions/<lang>.json files. Leaves: what each language can be asked, the same entries in every language.
// Never: a look at the answers' templates; that is check-questions.ts.
import { brokenJson } from '../broken-json.ts';
import { lineAt } from '../lint/finding.ts';
import { type QuestionEntry, type QuestionFile, questionFileSchema } from './question.ts';

export interface QuestionFiles {
  readonly byLanguage: Readonly<Record<string, QuestionFile>>;
  /** What is wrong, one line each: `questions/de.json:4: …`. */
  readonly faults: readonly string[];
}

const name = /^questions\/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.json$/;

/** @param languages of the pack's messages: each needs a file where one has it */
export function readQuestions(
  files: Readonly<Record<string, string>>,
  languages: readonly string[],
): QuestionFiles {
  const byLanguage: Record<string, QuestionFile> = {};
  const faults: string[] = [];
  for (const [path, source] of Object.entries(files)) {
    const lang = name.exec(path)?.[1];
    if (lang === undefined) continue;
    const broken = brokenJson(source);
    if (broken !== null) {
      faults.push(`${path}:${broken.line}: ${broken.message}`);
      continue;
    }
    const read = questionFileSchema.safeParse(parse(source));
    if (read.success) byLanguage[lang] = read.data;
    else
      for (const { path: at, message } of read.error.issues)
        faults.push(`${path}: ${at.join('.') || 'the file'}: ${message}`);
  }
  if (faults.length === 0 && Object.keys(byLanguage).length > 0)
    faults.push(...differences(byLanguage, languages, files), ...missingForms(byLanguage, files));
  return { byLanguage, faults };
}

/** Where in its file an entry begins, for whoever has to mend it. */
export function lineOf(source: string, id: string): number {
  const at = source.search(new RegExp(`"id"\\s*:\\s*"${id}"`));
  return at < 0 ? 1 : lineAt(source, at);
}

function differences(
  all: QuestionFiles['byLanguage'],
  languages: readonly string[],
  files: Readonly<Record<string, string>>,
): string[] {
  const faults: string[] = [];
  for (const lang of languages)
    if (all[lang] === undefined)
      faults.push(`questions/${lang}.json: is missing; every language of messages/ needs one`);
  const [[first = '', model] = []] = Object.entries(all);
  for (const [lang, { questions }] of Object.entries(all)) {
    const file = `questions/${lang}.json`;
    const seen = new Set<string>();
    for (const entry of questions) {
      const at = `${file}:${lineOf(files[file] ?? '', entry.id)}`;
      if (seen.has(entry.id)) faults.push(`${at}: "${entry.id}" stands there twice`);
      seen.add(entry.id);
      const same = model?.questions.find(({ id }) => id === entry.id);
      if (same === undefined) faults.push(`${at}: "${entry.id}" is not in questions/${first}.json`);
      else if (conditionsOf(same) !== conditionsOf(entry))
        faults.push(`${at}: when, leads and frequent of "${entry.id}" differ from questions/${first}.json`);
    }
    for (const { id } of model?.questions ?? [])
      if (!seen.has(id)) faults.push(`${file}: "${id}" is missing; questions/${first}.json has it`);
  }
  return faults;
}

/** What of an entry is no word of a language. */
function conditionsOf({ when, leads, frequent = false }: QuestionEntry): string {
  const to = leads && ('target' in leads ? `target ${leads.target}` : `form ${leads.form}`);
  return JSON.stringify([when, to, frequent]);
}

function missingForms(all: QuestionFiles['byLanguage'], files: Readonly<Record<string, string>>): string[] {
  const known = Object.keys(Object(parse(files['forms.json'] ?? '{}')));
  return Object.entries(all).flatMap(([lang, { callBack, questions }]) => {
    const named = questions.flatMap(({ leads }) => (leads && 'form' in leads ? [leads.form] : []));
    return [...named, ...(callBack === undefined ? [] : [callBack])]
      .filter((form) => !known.includes(form))
      .map((form) => `questions/${lang}.json: forms.json has no form "${form}"`);
  });
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
