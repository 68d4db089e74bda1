// Enters: a pack's files and its contract. Leaves: CompiledPack: templates checked against the contract and compiled once.
// Never: a file read by itself, a person's data, or a fault that waits until a message goes out.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { arrangeParts } from './arrange-parts.ts';
import { checkForms } from './check-forms.ts';
import { compileFill } from './compile-fill.ts';
import { compileMjml } from './compile-mjml.ts';
import { compilePictures } from './compile-pictures.ts';
import type { CompiledPack } from './compiled-pack.ts';
import type { Contract } from './contract.ts';
import { lint } from './lint/lint-pack.ts';
import { readMessages } from './messages.ts';
import { findingOf, PackFault } from './pack-fault.ts';
import { isPlainTemplate, subjectsOf } from './pack-templates.ts';
import { chatMarkup } from './page/expand-chat.ts';
import { consentMarkup } from './page/expand-consent.ts';
import { type Expand, expandElements } from './page/expand-elements.ts';
import { formExpanders } from './page/expand-form.ts';
import { placeForms } from './page/place-forms.ts';
import { squeezeCss, squeezeHtml } from './page/squeeze.ts';
import { compileQuestions } from './questions/compile-questions.ts';
import { readQuestions } from './questions/read-questions.ts';
import { readForms } from './read-forms.ts';
import { spliceIncludes } from './splice-includes.ts';
import { fillTheme, readTheme, type Theme, themeCss, themePrintCss } from './theme.ts';
import { rootShape } from './view-shape.ts';

export type { CompiledPack } from './compiled-pack.ts';

/** What is written out on the page for those whose browser runs no script. */
const expanders: Readonly<Record<string, Expand>> = {
  'dearly-chat': () => chatMarkup,
  'dearly-consent': () => consentMarkup,
};

/**
 * @param pack.files text by path from the pack's folder; `theme.json` holds the house's theme, `../theme.css` and its like what
 * all packs share, where there are such
 * @param pack.contract null for an old version that is only shown again: it was checked when it was new
 * @throws PackFault, all faults at once: file, line, what is wrong, the way out, why
 */
export async function compilePack(pack: {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly contract: Contract | null;
}): Promise<CompiledPack> {
  const { name, files, contract } = pack;
  const words = readMessages(files);
  const faults = contract === null ? [...words.faults] : [...rootShape(contract.view).faults];

  const questions = readQuestions(files, words.languages);
  faults.push(...questions.faults);

  const asked = readForms(files);
  const shape = contract && rootShape(contract.view).shape;
  const misplaced = contract === null ? [] : placeForms(files, asked.forms);

  const theme = readTheme(files['theme.json']);
  const sources = new Map<string, string>();
  const all = {
    ...expanders,
    ...formExpanders(asked.forms, words.byLanguage[words.languages[0] ?? ''] ?? {}),
  };
  for (const [file, source] of Object.entries(files)) {
    if (!isPlainTemplate(file)) continue;
    const filled = fillTheme(source, theme, file);
    const text = file === 'site.hbs' ? expandElements(squeezeHtml(filled.text), all) : filled.text;
    sources.set(file, text);
    faults.push(...filled.faults);
  }

  const { pictures, faults: wrong } = compilePictures({
    files,
    theme,
    view: contract?.view ?? null,
    messages: words.byLanguage[words.languages[0] ?? ''] ?? {},
    compile: (source) => compileFill(source, { noEscape: false }),
  });
  faults.push(...wrong);

  const email = files['email.mjml'] === undefined ? null : await compileEmail(files, theme);
  faults.push(...(email?.faults ?? []));
  const findings = [
    ...(await lint(pack, 'fault')),
    ...faults.map(findingOf),
    ...asked.findings,
    ...checkForms(asked, words, shape),
    ...misplaced,
  ];
  if (findings.length > 0) throw new PackFault(name, findings);

  const { parts, blocks, arranged } = arrangeParts({ html: email?.html, sources });
  return {
    name,
    version: versionOf(files),
    contract: contract && swift(contract),
    languages: words.languages,
    messages: words.byLanguage,
    parts,
    blocks,
    subjects: subjectsOf(files),
    arranged,
    pictures,
    forms: asked.forms,
    questions: compileQuestions(questions.byLanguage),
    css: squeezeCss([themeCss(theme), files['../theme.css'], files['site.css']].join('\n')),
    printCss: [themePrintCss(theme), files['../theme.print.css'], files['print.css']].join('\n').trim(),
    files,
  };
}

/** With the theme in it and in all that it includes. */
async function compileEmail(files: Readonly<Record<string, string>>, theme: Theme) {
  const { source, faults, relocate } = spliceIncludes(files, 'email.mjml');
  const filled = fillTheme(source, theme, 'email.mjml');
  if (faults.length + filled.faults.length > 0)
    return { html: '', faults: [...faults, ...filled.faults.map(relocate)] };
  const email = await compileMjml(filled.text, 'email.mjml');
  return { html: email.html, faults: email.faults.map(relocate) };
}

/** What every person is checked by: one flat function in place of a walk along the schema, with the same results and faults. */
function swift(contract: Contract): Contract {
  return { ...contract, data: z.compile(contract.data), view: z.compile(contract.view) };
}

function versionOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(files).sort())
    hash.update(`${path}\0${files[path]?.length}\0${files[path]}\0`);
  return hash.digest('hex').slice(0, 16);
}
