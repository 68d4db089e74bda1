// Enters: a pack's files and contract, or its merged samples. Leaves: findings: file, line, what, why, how.
// Never: a file read by itself, or a pack that is changed.
import type { Contract } from '../contract.ts';
import { readMessages } from '../messages.ts';
import { spliceIncludes } from '../splice-includes.ts';
import { fillTheme, readTheme, type Theme } from '../theme.ts';
import { type Drawn, drawEmail } from './draw-email.ts';
import type { Finding, Hit, Level } from './finding.ts';
import type { Lint, MergedLint, MergedSample, Subject } from './lint.ts';
import { lints, mergedLints } from './lints.ts';
import { readSource, type Source } from './source.ts';
import { walkTrees } from './template-tree.ts';

/** What a `CompiledPack` has of it. */
export interface Lintable {
  readonly files: Readonly<Record<string, string>>;
  /** Null for an old version, which was looked at when it was new. */
  readonly contract: Contract | null;
}

/**
 * Everything that can be said without a person, faults first.
 * @param level only these; loading asks for faults, which is much the quicker
 */
export async function lint({ files, contract }: Lintable, level?: Level): Promise<readonly Finding[]> {
  if (contract === null) return [];
  const subject = readSubject(files, contract);
  const asked = lints.filter((one) => level === undefined || one.level === level);
  const found = await Promise.all(asked.map(async (one) => name(one, await one.find(subject))));
  return sorted(found.flat());
}

/** What only shows in the mails that people would get. */
export function lintMerged(samples: readonly MergedSample[]): readonly Finding[] {
  return sorted(mergedLints.flatMap((one) => name(one, one.measure(samples))));
}

function readSubject(files: Lintable['files'], contract: Contract): Subject {
  const words = readMessages(files);
  const theme = readTheme(files['theme.json']);
  const sources = Object.entries(files)
    .filter(([path]) => /\.(hbs|svg)$/.test(path))
    .map(([path, text]) => readSource(path, fillTheme(text, theme, path).text));
  const email = files['email.mjml'] === undefined ? null : readEmail(files, theme);
  if (email !== null) sources.push(email);
  const markup = sources.filter(({ file }) => file === 'email.mjml' || file === 'site.hbs');
  let drawing: Promise<Drawn | null> | undefined;
  const drawn = () => (drawing ??= email === null ? Promise.resolve(null) : drawEmail(email));
  return {
    files,
    contract,
    words,
    sources,
    email,
    markup,
    drawn,
    tree: walkTrees(sources, contract, words, files),
  };
}

/** As it is compiled: with all that it includes. */
function readEmail(files: Lintable['files'], theme: Theme): Source {
  const { source, at } = spliceIncludes(files, 'email.mjml');
  return readSource('email.mjml', fillTheme(source, theme, 'email.mjml').text, at);
}

function name(
  { name, level, why, how }: Lint | MergedLint,
  hits: Iterable<Hit & { level?: Level }>,
): Finding[] {
  return [...hits].map((hit) => ({ lint: name, level, why, how, ...hit }));
}

/** In the order of someone who mends them: faults first, then file by file. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ level, file }: Finding) => `${level} ${file}`;
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.line - b.line));
}
