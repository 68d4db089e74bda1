// Enters: one row of a customer file. Leaves: a ProfilePatch, or every reason why there is none.
// Never: a fact no pack asks for, half a row, or customer data inside a reason.
import { z } from 'zod';
import { factName } from './column-name.ts';
import { consentWord } from './consent-word.ts';
import { emailAddress } from './email-address.ts';
import type { FactShape } from './fact-shape.ts';
import {
  type Consent,
  type Facts,
  type Json,
  localeSchema,
  type ProfilePatch,
  type Purpose,
  purposes,
} from './profile.ts';
import { remember } from './remember.ts';
import type { RowError, SourceRow } from './row-source.ts';
import { kindOf, unstorable } from './storable.ts';

export interface RowRules {
  readonly shape: FactShape;
  /** When the consents in the file are held to have been given, ISO 8601. */
  readonly at: string;
}

export type ImportedRow =
  | { readonly kind: 'patch'; readonly patch: ProfilePatch; readonly leftOut: readonly string[] }
  | { readonly kind: 'errors'; readonly errors: readonly RowError[]; readonly leftOut: readonly string[] };

const oneLine = z
  .string('expected text')
  .max(200, 'expected at most 200 characters')
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expected one line without control characters');
const isTimeZone = remember((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
});
const canonicalLocale = remember((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag);
const customerNumber = z.preprocess((it) => (Number.isSafeInteger(it) ? String(it) : it), oneLine.min(1));
const timeZone = z
  .string('expected text')
  .refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin');

const identity = new Map<string, z.ZodType<string>>([
  ['externalId', customerNumber],
  ['email', z.string('expected text').pipe(emailAddress)],
  ['firstName', oneLine],
  ['lastName', oneLine],
  ['locale', z.string('expected text').pipe(localeSchema).transform(canonicalLocale)],
  ['timeZone', timeZone],
]);
const consentColumns = new Map<string, Purpose>(purposes.map((it) => [factName(`consent_${it}`), it]));

/** Empty cells and nulls say nothing, save that a null email says there is none. */
export function importRow(row: SourceRow, rules: RowRules): ImportedRow {
  const errors: RowError[] = [];
  const leftOut: string[] = [];
  const known: Record<string, string | null> = {};
  const consents: Partial<Record<Purpose, Consent>> = {};
  const facts: Record<string, Json> = {};
  const seen = new Set<string>();
  const refuse = (column: string, reason: string, value: unknown) =>
    errors.push({ line: row.line, column, reason, value: kindOf(value) });

  for (const [column, raw] of row.entries) {
    const name = factName(column);
    const value = typeof raw === 'string' ? raw.trim() : raw;
    const purpose = consentColumns.get(name);
    const schema = identity.get(name);
    const asked = rules.shape.get(name);
    if (!schema && !purpose && !asked) {
      leftOut.push(column);
      continue;
    }
    if (seen.has(name)) refuse(column, `expected ${column} once, under one spelling`, value);
    seen.add(name);
    if (value === null && name === 'email') known.email = null;
    if (value === '' || value === null || value === undefined) continue;
    const unfit = unstorable(value);
    if (unfit) {
      refuse(column, unfit, value);
    } else if (purpose) {
      const granted = consentWord(value);
      if (granted === undefined)
        refuse(column, 'expected true, false, yes, no, ja, nein, 1, 0 or nothing', value);
      else consents[purpose] = { granted, at: rules.at, source: 'import' };
    } else if (schema) {
      const parsed = schema.safeParse(value);
      if (parsed.success) known[name] = parsed.data;
      else refuse(column, parsed.error.issues[0]?.message ?? 'expected another value', value);
    } else if (asked) {
      const fact = checkFact(value, asked);
      if (fact.issues.length === 0) facts[name] = fact.value;
      // Two packs that ask for the same say the same of it.
      const wrong = new Map(fact.issues.map((it) => [JSON.stringify([it.path, it.message]), it]));
      for (const issue of wrong.values()) errors.push(issueError(row.line, column, issue, value));
    }
  }
  if (!seen.has('externalId') || (known.externalId === undefined && errors.length === 0)) {
    errors.push({
      line: row.line,
      column: 'external_id',
      reason: 'expected the customer’s number',
      value: 'empty',
    });
  }
  const externalId = known.externalId;
  if (errors.length > 0 || typeof externalId !== 'string') return { kind: 'errors', errors, leftOut };
  const patch: ProfilePatch = {
    ...known,
    externalId,
    ...(Object.keys(consents).length > 0 && { consents }),
    ...(Object.keys(facts).length > 0 && { facts: facts as Facts }),
  };
  return { kind: 'patch', patch, leftOut };
}

/**
 * What the schemas make of a value (a number of "12") is kept when all of them take it again, so that rules can compare
 * numbers; otherwise the value stays as it came, and the pack makes its own of it at merge.
 */
function checkFact(value: unknown, schemas: readonly z.core.$ZodType[]) {
  const results = schemas.map((schema) => z.safeParse(schema, value));
  const issues = results.flatMap((it) => it.error?.issues ?? []);
  const made: unknown = results[0]?.data;
  const isStable =
    made !== undefined && isPlain(made) && schemas.every((it) => z.safeParse(it, made).success);
  return { issues, value: (isStable ? made : value) as Json };
}

function isPlain(value: unknown): boolean {
  const text = JSON.stringify(value);
  return text !== undefined && unstorable(JSON.parse(text)) === null && !(value instanceof Date);
}

function issueError(line: number, column: string, issue: z.core.$ZodIssue, value: unknown): RowError {
  const path = issue.path.map((it) => (typeof it === 'number' ? `[${it}]` : `.${String(it)}`)).join('');
  const found = issue.path.reduce<unknown>(
    (it, key) => (it !== null && typeof it === 'object' ? Reflect.get(it, key) : it),
    value,
  );
  const reason = issue.message.replace(/^[A-Z][a-z ]+: (?=expected )/, '').replace(/, received \S+$/, '');
  return { line, column: `${column}${path}`, reason, value: kindOf(found) };
}
