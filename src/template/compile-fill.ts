// Enters: a checked template, Handlebars' text. Leaves: Fill, which says for any data what Handlebars would.
// Never: code made of text; what Handlebars parsed becomes functions, and what is not known here Handlebars fills itself.
import Handlebars from 'handlebars';
import type { Fill } from './compiled-pack.ts';
import { enter, type Scope, stay, topScope } from './fill-scope.ts';
import { BeyondFill, isBlockName, type Names, type Read, readExpression, readValue } from './fill-value.ts';
import { helpers } from './helpers.ts';

export interface FillOptions {
  /** For text that is no HTML. */
  readonly noEscape: boolean;
}

/** A piece of the result: text that is the same for all, or a function. */
type Part = string | ((scope: Scope) => string);

export function compileFill(source: string, options: FillOptions): Fill {
  try {
    const write = writer(compileProgram(Handlebars.parse(source), [], options));
    return (roots, say) => write(topScope(roots, say));
  } catch (cause) {
    if (cause instanceof BeyondFill) return fillByHandlebars(source, options);
    throw cause;
  }
}

const handlebars = Handlebars.create();
handlebars.registerHelper(helpers);
const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

/** The yardstick: slower, and the same words. */
export function fillByHandlebars(source: string, options: FillOptions): Fill {
  const template = handlebars.compile(source, { ...options, knownHelpers, knownHelpersOnly: true });
  return (roots, say) => template(roots, { data: { say } });
}

function compileProgram(program: hbs.AST.Program | undefined, names: Names, options: FillOptions): Part {
  const parts: Part[] = [];
  for (const statement of program?.body ?? []) {
    const part = compileStatement(statement, names, options);
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  if (parts.length < 2) return parts[0] ?? '';
  return (scope) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(scope);
    return text;
  };
}

function compileStatement(it: hbs.AST.Statement, names: Names, options: FillOptions): Part {
  switch (it.type) {
    case 'ContentStatement':
      return (it as hbs.AST.ContentStatement).value;
    case 'CommentStatement':
      return '';
    case 'MustacheStatement':
      return compileMustache(it as hbs.AST.MustacheStatement, names, options);
    case 'BlockStatement':
      return compileBlock(it as hbs.AST.BlockStatement, names, options);
    default:
      throw new BeyondFill();
  }
}

function compileMustache(it: hbs.AST.MustacheStatement, names: Names, { noEscape }: FillOptions): Part {
  const read = readExpression(it, names);
  // The types promise text alone; Handlebars takes whatever was read.
  if (it.escaped && !noEscape) {
    return (scope) => {
      const value = read(scope);
      return typeof value === 'number' ? `${value}` : Handlebars.escapeExpression(value as string);
    };
  }
  return (scope) => {
    const value = read(scope);
    return value === null || value === undefined ? '' : `${value}`;
  };
}

function compileBlock(it: hbs.AST.BlockStatement, names: Names, options: FillOptions): Part {
  const name = ['if', 'unless', 'each', 'with'].find((one) => isBlockName(it.path, one, names));
  const [param] = it.params;
  if (name === undefined || param === undefined || it.params.length > 1 || it.hash !== undefined)
    throw new BeyondFill();
  // An inverse block ({{^if}}) has no program, only an inverse.
  const program: hbs.AST.Program | undefined = it.program;
  const inner = program?.blockParams?.length ? [program.blockParams, ...names] : names;
  if ((inner !== names && name !== 'each' && name !== 'with') || it.inverse?.blockParams?.length)
    throw new BeyondFill();
  const read = readValue(param, names);
  const body = writer(compileProgram(program, inner, options));
  const otherwise = writer(compileProgram(it.inverse, names, options));
  if (name === 'each') return each(read, body, otherwise, inner !== names);
  if (name === 'with') return within(read, body, otherwise, inner !== names);
  const [yes, no] = name === 'if' ? [body, otherwise] : [otherwise, body];
  return (scope) => (isSomething(read(scope)) ? yes : no)(stay(scope));
}

type Write = (scope: Scope) => string;

function writer(part: Part): Write {
  return typeof part === 'string' ? () => part : part;
}

function within(read: Read, body: Write, otherwise: Write, isNamed: boolean): Write {
  return (scope) => {
    const value = read(scope);
    if (value !== 0 && !isSomething(value)) return otherwise(stay(scope));
    const named = isNamed ? { values: [value], up: scope.named } : scope.named;
    return body(enter(scope, value, scope.loop, named));
  };
}

function each(read: Read, body: Write, otherwise: Write, isNamed: boolean): Write {
  const one = (scope: Scope, value: unknown, key: string | number, index: number, last: boolean) => {
    const loop = { key, index, first: index === 0, last, up: scope.loop };
    return body(enter(scope, value, loop, isNamed ? { values: [value, key], up: scope.named } : scope.named));
  };
  return (scope) => {
    const list = read(scope);
    let text = '';
    let count = 0;
    if (Array.isArray(list)) {
      const { length } = list;
      for (; count < length; count++) text += one(scope, list[count], count, count, count === length - 1);
    } else if (typeof list === 'object' && list !== null) {
      const entries = Object.entries(list);
      for (const [key, value] of entries) text += one(scope, value, key, count, ++count === entries.length);
    }
    return count === 0 ? otherwise(stay(scope)) : text;
  };
}

/** As Handlebars' `if` sees it. */
function isSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
