import { isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { DearlyError } from '../errors.ts';

/**
 * A YAML file's text as what `schema` makes of it. Give objects as `z.strictObject`, so that a mistyped field is an
 * error and not silence.
 * @param file names the file in errors
 * @throws DearlyError `campaign-invalid`; `details` has every error at once: `senders/x.yaml:4: from.address: expected …`
 */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => lines.linePos(offset).line || 1;
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map((error) => [at(error.pos[0]), firstLine(error.message)]),
    );
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 20 }));
  if (parsed.success) return parsed.data;
  const found = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code !== 'unrecognized_keys') {
      return [[at(offsetOf(document, path)), `${path.join('.') || 'file'}: ${issue.message}`] as const];
    }
    return issue.keys.map((key) => {
      const whole = [...path, key];
      return [at(offsetOf(document, whole)), `${whole.join('.')}: no such field`] as const;
    });
  });
  throw invalid(file, found);
}

/** Where the field stands; where its nearest holder stands when the field itself is missing. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const holder: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (isMap(holder)) {
      const pair = holder.items.find((item) => isPair(item) && String(item.key) === String(path[depth - 1]));
      if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}

function invalid(file: string, found: readonly (readonly [line: number, what: string])[]): DearlyError {
  const details = found.toSorted((a, b) => a[0] - b[0]).map(([line, what]) => `${file}:${line}: ${what}`);
  return new DearlyError('campaign-invalid', `${file} cannot be used as it stands.`, { details });
}
