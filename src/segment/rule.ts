// Enters: a rule as JSON, written by a campaign manager. Leaves: Rule, checked to the last value.
// Never: SQL (that is to-sql.ts), or a field the house does not know.
import { z } from 'zod';
import { DearlyError } from '../errors.ts';
import { type Purpose, purposes } from '../profile/profile.ts';

const ops = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'contains', 'exists'] as const;
export type Op = (typeof ops)[number];
export type Scalar = string | number | boolean;

export interface Condition {
  /** `locale`, `lang`, `timeZone`, `email` (exists only), `consent.<purpose>` or `facts.<path>`. */
  readonly field: string;
  readonly op: Op;
  readonly value: Scalar | readonly Scalar[];
}

/** Who belongs to a segment. `true` is everyone. */
export type Rule =
  | true
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | Condition;

const maxDepth = 16;
const maxConditions = 200;

const text = z
  .string()
  .max(1000, 'expected at most 1000 characters')
  .refine((it) => it.isWellFormed() && !it.includes('\0'), 'expected text without NUL or broken characters');
const scalar = z.union([text, z.number(), z.boolean()], 'expected text, a number, true or false');
const list = z.array(scalar).min(1, 'expected at least one value').max(1000, 'expected at most 1000 values');
const step = /^[\p{L}_][\p{L}\p{N}_]*$|^\d{1,6}$/u;
const fields = `expected locale, lang, timeZone, email, consent.${purposes.join(' | consent.')} or facts.<path>`;
const field = z.string(fields).max(1000, fields).refine(isField, fields);

const condition = z
  .strictObject(
    {
      field,
      op: z.enum(ops, `expected one of ${ops.join(', ')}`),
      value: z.union([scalar, list]).optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? `no such field: ${issue.keys?.join(', ')}` : undefined,
    },
  )
  .transform((it, context): Condition => {
    const refuse = (message: string, at: string) => {
      context.issues.push({ code: 'custom', message, path: [at], input: it });
      return z.NEVER;
    };
    const value = it.value ?? (it.op === 'exists' ? true : undefined);
    const isConsent = it.field.startsWith('consent.');
    if (it.field === 'email' && it.op !== 'exists')
      return refuse('expected exists: nothing else is asked of email', 'op');
    if (isConsent && !['eq', 'ne', 'exists'].includes(it.op))
      return refuse('expected eq, ne or exists', 'op');
    if ((it.op === 'exists' || isConsent) && typeof value !== 'boolean')
      return refuse('expected true or false', 'value');
    if (it.op === 'in' && !Array.isArray(value)) return refuse('expected a list of values', 'value');
    if (it.op !== 'in' && (Array.isArray(value) || value === undefined))
      return refuse('expected one value', 'value');
    if (
      !it.field.startsWith('facts.') &&
      it.op !== 'exists' &&
      !isConsent &&
      [value].flat().some((v) => typeof v !== 'string')
    ) {
      return refuse('expected text', 'value');
    }
    if (['lt', 'lte', 'gt', 'gte'].includes(it.op) && typeof value === 'boolean') {
      return refuse('expected text or a number', 'value');
    }
    return { field: it.field, op: it.op, value: value as Condition['value'] };
  });

/** Absent, `true` and `{}` mean everyone. @throws DearlyError `rule-invalid`, naming the path of each wrong part */
export function parseRule(input: unknown): Rule {
  const problems: string[] = [];
  let conditions = 0;

  const read = (it: unknown, path: string, depth: number): Rule => {
    const refuse = (message: string): Rule => {
      problems.push(`${path || 'rule'}: ${message}`);
      return true;
    };
    const at = (key: string) => (path ? `${path}.${key}` : key);
    if (it === true) return true;
    if (depth > maxDepth) return refuse(`expected at most ${maxDepth} levels`);
    if (it === null || typeof it !== 'object' || Array.isArray(it))
      return refuse('expected a rule such as { field: lang, op: eq, value: de }, or true for everyone');
    const keys = Object.keys(it);
    const entry: unknown = Reflect.get(it, keys[0] ?? '');
    if (keys.length === 0) return true;
    if (keys.length === 1 && keys[0] === 'not') return { not: read(entry, at('not'), depth + 1) };
    if (keys.length === 1 && (keys[0] === 'all' || keys[0] === 'any')) {
      if (!Array.isArray(entry)) return refuse(`expected a list under ${keys[0]}`);
      if (keys[0] === 'any' && entry.length === 0) return refuse('expected at least one rule under any');
      const rules = entry.map((rule, index) => read(rule, `${at(keys[0] ?? '')}[${index}]`, depth + 1));
      return keys[0] === 'all' ? { all: rules } : { any: rules };
    }
    if (++conditions > maxConditions) return refuse(`expected at most ${maxConditions} conditions`);
    const parsed = condition.safeParse(it);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      problems.push(
        `${[path, ...issue.path].filter((part) => part !== '').join('.') || 'rule'}: ${issue.message}`,
      );
    }
    return true;
  };

  const rule = input === undefined || input === null ? true : read(input, '', 0);
  if (problems.length > 0) {
    throw new DearlyError('rule-invalid', `The segment rule cannot be used: ${problems[0]}.`, {
      details: problems.slice(0, 20),
    });
  }
  return rule;
}

function isField(name: string): boolean {
  if (['locale', 'lang', 'timeZone', 'email'].includes(name)) return true;
  const [head, ...path] = name.split('.');
  if (head === 'consent') return path.length === 1 && purposes.includes(path[0] as Purpose);
  return head === 'facts' && path.length > 0 && path.length <= 8 && path.every((it) => step.test(it));
}
