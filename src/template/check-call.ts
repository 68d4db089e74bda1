import { type HelperCall, helperCalls } from './helper-calls.ts';
import { itemOf, type Shape } from './view-shape.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

/**
 * What is wrong with a call, in words; null where all is well, as far as it shows without a person.
 * @param first the shape of its first value, where known
 */
export function callFault(name: string, it: Call, first: Shape | undefined, root: Shape): string | null {
  const call = helperCalls[name as keyof typeof helperCalls];
  const { least, most, takes, needs } = call;
  const count = it.params.length;
  if (count < least || count > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    return `${name} takes ${wanted} value${most === 1 ? '' : 's'}, not ${count}`;
  }
  if (takes !== undefined && first !== undefined && !canBe(takes, first, root))
    return `${name} wants a ${takes} first, and this is none`;
  const pairs = it.hash?.pairs ?? [];
  if (needs !== undefined && !pairs.some(({ key }) => key === needs)) return `${name} wants ${needs}="…"`;
  return wordFault(name, it, call) ?? pairFault(name, pairs, call);
}

/** Of words that choose a format. Which currency it is may come with the data. */
function wordFault(name: string, { params }: Call, { words }: HelperCall): string | null {
  const last = params.at(-1);
  if (words === undefined || last === undefined) return null;
  const text = written(last);
  if (text === null) return name === 'date' ? 'date wants its second value written out' : null;
  return words.test(text) ? null : `${name} knows no "${text}"`;
}

function pairFault(name: string, given: readonly hbs.AST.HashPair[], { pairs = {} }: HelperCall) {
  // Those of `t` are the message's: check-expression.ts.
  if (name === 't') return null;
  for (const { key, value } of given) {
    const pattern = Object.hasOwn(pairs, key) ? pairs[key] : undefined;
    if (pattern === undefined) {
      const names = Object.keys(pairs).join(', ');
      return `${name} knows no ${key}=…${names && `, but ${names}`}`;
    }
    const text = written(value);
    if (text !== null && !pattern.test(text)) return `${name} cannot do with ${key}=${text}`;
  }
  return null;
}

/** Null for whatever comes with the data. */
function written(it: hbs.AST.Expression): string | null {
  return it.type.endsWith('Literal') ? String((it as hbs.AST.StringLiteral).value) : null;
}

function canBe(what: 'number' | 'text' | 'list', shape: Shape, root: Shape): boolean {
  if (what === 'list') return itemOf(shape, root) !== undefined;
  if (shape === 'any') return true;
  const branches = shape.anyOf ?? shape.oneOf;
  if (branches !== undefined)
    return branches.some((one) => typeof one === 'object' && canBe(what, one, root));
  if (shape.type === undefined) return true;
  return what === 'text' ? shape.type === 'string' : shape.type === 'number' || shape.type === 'integer';
}
