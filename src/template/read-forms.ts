// Enters: the text of a pack's `forms.json`. Leaves: its forms by name, or every fault: line, path in the file, the way out.
// Never: a look at the rest of the pack; words, view and page are held against the forms in check-forms.ts.
import { z } from 'zod';
import { inWords } from '../campaign/in-words.ts';
import { complaintsOf, type Path, readYaml } from '../campaign/parse-yaml.ts';
import { brokenJson } from './broken-json.ts';
import type { Form } from './form.ts';
import type { Finding } from './lint/finding.ts';

const formsFile = 'forms.json';

export interface ReadForms {
  readonly forms: Readonly<Record<string, Form>>;
  readonly findings: readonly Finding[];
  /** Line of a place in the file, from 1. */
  locate(path: Path): number;
}

/** They are posted beside the fields, or stand beside them in the fact; the last ones name the form's own words. */
const taken = ['form', 'submission', 'pack', 'at', 'title', 'submit', 'thanks'];
const camelCase = /^[a-z][a-zA-Z0-9]{0,39}$/;

const place = z.strictObject({ view: z.string().regex(/^[\w-]+(\.[\w-]+)*$/) });
const limit = z.union([z.number(), place], 'expected a number, or {"view": "path.to.a.number"}');
const day = z.union([z.literal('today'), z.iso.date()], 'expected an ISO date, or "today"');
const base = {
  name: z
    .string()
    .regex(camelCase, 'expected a name in camelCase: segments ask for it as facts.<fact>.<name>')
    .refine(
      (it) => !taken.includes(it) && !(it in Object.prototype),
      'is taken by the house; choose another',
    ),
  required: z.boolean().optional(),
};
const ofType = <T extends string>(...types: readonly [T, ...T[]]) => ({ ...base, type: z.enum(types) });
const most = z.int().min(1).max(4000).optional();
const option = z
  .string()
  .regex(/^[a-zA-Z0-9][\w-]{0,39}$/, 'expected letters, digits and dashes; its words are a message')
  .refine((it) => it !== 'hint' && it !== 'wrong', 'is taken by the house; choose another');

const field = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ ...ofType('text', 'comment'), maxLength: most }),
    z.strictObject(ofType('email', 'tel', 'check', 'nps', 'csat', 'ces')),
    z.strictObject({ ...ofType('date'), min: day.optional(), max: day.optional() }),
    z.strictObject({
      ...ofType('number'),
      min: limit.optional(),
      max: limit.optional(),
      step: z.number().positive().optional(),
    }),
    z.strictObject({
      ...ofType('choice'),
      options: z.array(option).min(1).max(50).refine(isDistinct, 'names an option twice'),
    }),
  ],
  'expected one of text, comment, email, tel, number, date, check, choice, nps, csat, ces',
);

const form = z.strictObject({
  fields: z
    .array(field)
    .min(1)
    .max(40)
    .refine((all) => isDistinct(all.map(({ name }) => name)), 'names a field twice'),
  fact: z.string().regex(camelCase, 'expected a name in camelCase').optional(),
  once: z.boolean().optional(),
  conversion: z
    .strictObject({
      value: limit.optional(),
      currency: z
        .union(
          [z.string().regex(/^[A-Z]{3}$/), place],
          'expected an ISO 4217 code such as EUR, or {"view": "path.to.one"}',
        )
        .optional(),
    })
    .refine((it) => (it.value === undefined) === (it.currency === undefined), {
      message: 'expected value and currency, or neither',
    })
    .optional(),
});

const schema = z.record(
  z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected a name in kebab-case'),
  form,
);

/** No such file means no forms. */
export function readForms(files: Readonly<Record<string, string>>): ReadForms {
  const text = files[formsFile];
  const empty = { forms: {}, findings: [], locate: () => 1 };
  if (text === undefined) return empty;
  // YAML takes more than JSON does, and the file is called JSON.
  const broken = brokenJson(text);
  if (broken !== null) {
    const { line, message } = broken;
    return { ...empty, findings: [formFault(line, [], message, 'mend it there, or just before')] };
  }
  const { value, locate } = readYaml(text, formsFile);
  const parsed = schema.safeParse(value, { error: inWords });
  if (!parsed.success) {
    const findings = complaintsOf(parsed.error)
      .map(({ path, message }) => formFault(locate(path), path, message))
      .sort((a, b) => a.line - b.line);
    return { forms: {}, findings, locate };
  }
  const forms = Object.entries(parsed.data).map(([name, { fact, ...said }]) => {
    return [name, { ...said, name, fact: fact ?? inCamelCase(name) } as Form] as const;
  });
  return { forms: Object.fromEntries(forms), findings: [], locate };
}

export function formFault(line: number, path: Path, what: string, how = ''): Finding {
  const place = path.length === 0 ? '' : `${path.join('.')}: `;
  const why = 'a form that is not sound would be found out by the people who fill it in';
  return { lint: 'load', level: 'fault', file: formsFile, line, what: `${place}${what}`, how, why };
}

function isDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function inCamelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
