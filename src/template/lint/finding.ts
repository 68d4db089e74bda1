export type Level = 'fault' | 'warning';

/** What a lint says of one place. */
export interface Finding {
  /** The lint's name; `docs/lints.md` has a row for each. */
  readonly lint: string;
  /** Within the pack, as its author wrote it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
  readonly why: string;
  /** The way out. */
  readonly how: string;
  /** A fault stops the pack from loading; a warning is told and no more. */
  readonly level: Level;
}

/** A finding before the lint's own name and reasons are put to it. */
export interface Hit {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  /** Where the way out differs from place to place. */
  readonly how?: string;
}

/** One line: `email.mjml:12: what; the way out (why)`. */
export function sayFinding({ file, line, what, how, why }: Finding): string {
  return `${file}:${line}: ${what}${how && `; ${how}`}${why && ` (${why})`}`;
}

/** @param offset of a character, from 0 @returns its line, from 1 */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Faults told as text, `file:12: what; how`, by those who check while they compile. The line may be missing. */
export function readHit(text: string): Hit {
  const {
    file = '',
    line = '1',
    rest = text,
  } = /^(?<file>[^\s:]+)(?::(?<line>\d+))?: (?<rest>[\s\S]*)$/.exec(text)?.groups ?? {};
  const cut = rest.indexOf('; ');
  return cut < 0
    ? { file, line: Number(line), what: rest, how: '' }
    : { file, line: Number(line), what: rest.slice(0, cut), how: rest.slice(cut + 2) };
}
