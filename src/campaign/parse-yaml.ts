import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { DearlyError } from '../errors.ts';
import { inWords } from './in-words.ts';

export type Path = readonly (string | number)[];

/** Something that is wrong at one place of a file. */
export interface Complaint {
  readonly path: Path;
  readonly message: string;
}

/** A YAML text (so JSON, too) that knows where each of its fields stands. */
export interface YamlFile {
  readonly value: unknown;
  /** Line of the field, counted from 1; of its nearest holder where the field itself is missing. */
  locate(path: Path): number;
  /** One line each, in the file's order: `campaigns/x.yaml:4: holdout: expected …`. */
  describe(complaints: readonly Complaint[]): string[];
}

/** @param file names the file in errors @throws DearlyError `campaign-invalid` where it is no YAML, naming each line */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line || 1;
  if (document.errors.length > 0) {
    const details = document.errors.map(
      (error) => `${file}:${lineAt(error.pos[0])}: ${error.message.split('\n', 1)[0]}`,
    );
    throw unusable(file, details);
  }
  const locate = (path: Path) => lineAt(offsetOf(document, path));
  return {
    value: plainOf(document, file),
    locate,
    describe: (complaints) =>
      complaints
        .map(({ path, message }) => ({ line: locate(path), text: `${path.join('.') || 'file'}: ${message}` }))
        .sort((a, b) => a.line - b.line)
        .map(({ line, text: what }) => `${file}:${line}: ${what}`),
  };
}

/**
 * A YAML file's text as what `schema` makes of it. Give objects as `z.strictObject`, so that a mistyped field is an
 * error and not silence.
 * @throws DearlyError `campaign-invalid`; `details` has every error at once
 */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const yaml = readYaml(text, file);
  const parsed = schema.safeParse(yaml.value, { error: inWords });
  if (parsed.success) return parsed.data;
  throw unusable(file, yaml.describe(complaintsOf(parsed.error)));
}

export function unusable(file: string, details: readonly string[]): DearlyError {
  return new DearlyError('campaign-invalid', `${file} cannot be used as it stands.`, { details });
}

export function complaintsOf(error: z.ZodError): Complaint[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key], message: 'no such field' }));
  });
}

/** Aliases may repeat a part, but not blow a small file up to a large one. */
function plainOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    throw new DearlyError('campaign-invalid', `${file} cannot be used as it stands.`, {
      cause,
      details: [`${file}:1: ${cause instanceof Error ? cause.message : String(cause)}`],
    });
  }
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
