import { isConsented, type Purpose } from '../profile/profile.ts';
import type { Condition, Op, Rule } from './rule.ts';

/** A condition on `profiles` that is true or false, never null, so that `not` means what it says. */
export interface RuleSql {
  /** Holds `$1`, `$2`, … in order, each once. Nothing of the rule's data stands in it. */
  readonly text: string;
  readonly values: readonly (string | readonly string[])[];
}

const comparisons = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const columns = { locale: 'locale', lang: "split_part(locale, '-', 1)", timeZone: 'time_zone' } as const;

/** A person without the fact is not equal to anything, and neither less nor greater. */
export function toSql(rule: Rule): RuleSql {
  const values: (string | readonly string[])[] = [];
  const bind = (value: string | readonly string[]) => `$${values.push(value)}`;

  const write = (it: Rule): string => {
    if (it === true) return 'true';
    if ('all' in it) return it.all.length === 0 ? 'true' : `(${it.all.map(write).join(' and ')})`;
    if ('any' in it) return `(${it.any.map(write).join(' or ')})`;
    if ('not' in it) return `(not ${write(it.not)})`;
    return writeCondition(it, bind);
  };
  return { text: write(rule), values };
}

type Bind = (value: string | readonly string[]) => string;

function writeCondition({ field, op, value }: Condition, bind: Bind): string {
  if (field === 'email') return `(email is ${value ? 'not ' : ''}null)`;
  const [head, ...path] = field.split('.');
  if (head === 'consent') return writeConsent(path[0] as Purpose, op, value === true, bind);
  const subject =
    head === 'facts' ? `facts #> ${bind(path)}::text[]` : columns[field as keyof typeof columns];
  // As jsonb the two sorts of field are asked alike; a fact that is JSON null counts as absent.
  const found = head === 'facts' ? `nullif(${subject}, 'null')` : `to_jsonb(${subject})`;
  if (op === 'exists') return `((${found}) is ${value ? 'not ' : ''}null)`;
  if (op === 'eq') return `coalesce(${found} = ${bind(JSON.stringify(value))}::jsonb, false)`;
  if (op === 'ne') return `(${found} is distinct from ${bind(JSON.stringify(value))}::jsonb)`;
  const asked = `(select ${found} as found)`;
  if (op === 'in') {
    const wanted = `select jsonb_array_elements(${bind(JSON.stringify(value))}::jsonb)`;
    return `coalesce(${found} in (${wanted}), false)`;
  }
  if (op === 'contains') {
    const inText = `jsonb_typeof(found) = 'string' and position(${bind(String(value))} in found #>> '{}') > 0`;
    const inList = `jsonb_typeof(found) = 'array' and found @> jsonb_build_array(${bind(JSON.stringify(value))}::jsonb)`;
    return `(exists (select from ${asked} where (${inText}) or (${inList})))`;
  }
  const sign = comparisons[op];
  // Numbers are compared with numbers and texts with texts, byte by byte: the same on every server, whatever its locale.
  const compared =
    typeof value === 'number'
      ? `jsonb_typeof(found) = 'number' and found ${sign} ${bind(JSON.stringify(value))}::jsonb`
      : `jsonb_typeof(found) = 'string' and (found #>> '{}') collate "C" ${sign} ${bind(String(value))}`;
  return `(exists (select from ${asked} where ${compared}))`;
}

/** Asks what a sender would ask: silence counts as consent where the purpose needs none. */
function writeConsent(purpose: Purpose, op: Op, value: boolean, bind: Bind): string {
  if (op === 'exists') return `(consents ? ${bind(purpose)} = ${value})`;
  const silent = isConsented({}, purpose);
  const granted = `coalesce((consents #>> ${bind([purpose, 'granted'])}::text[])::boolean, ${silent})`;
  return `(${granted} ${(op === 'eq') === value ? '' : 'is not true'})`.replace(' )', ')');
}
