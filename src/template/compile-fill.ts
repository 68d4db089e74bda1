// Enters: a checked template, Handlebars' text. Leaves: Fill, which says for any data what Handlebars would.
// Never: code made of text; what Handlebars parsed becomes functions, and what is not known here Handlebars fills itself.
import Handlebars from 'handlebars';
import type { Fill } from './compiled-pack.ts';
import { enter, type Scope, stay, topScope } from './fill-scope.ts';
import { compileShapes } from './fill-shapes.ts';
import { BeyondFill, isOwnName, type Names, type Read, readExpression, readValue } from './fill-value.ts';
import { helpers } from './helpers.ts';
import { shapeHelpers } from './shape-blocks.ts';

export interface FillOptions {
  /** For text that is no HTML. */
  readonly noEscape: boolean;
  /** For what was made of a template, where a line is no longer a line of the author. */
  readonly ignoreStandalone?: boolean;
}

/** A piece of the result: text that is the same for all, or a function. */
type Part = string | Write;
type Write = (scope: Scope) => string;
/** A message without arguments: the same for all who read this language. */
interface Constant {
  readonly constant: Write;
}

export function compileFill(source: string, options: FillOptions): Fill {
  try {
    const write = writer(compileProgram(Handlebars.parse(source, options), [], options));
    return (roots, say) => write(topScope(roots, say));
  } catch (cause) {
    if (cause instanceof BeyondFill) return fillByHandlebars(source, options);
    throw cause;
  }
}

const handlebars = Handlebars.create();
handlebars.registerHelper(helpers);
handlebars.registerHelper(shapeHelpers);
const knownHelpers = Object.fromEntries(
  Object.keys({ ...helpers, ...shapeHelpers }).map((name) => [name, true]),
);

/** The yardstick: slower, and the same words. */
export function fillByHandlebars(source: string, options: FillOptions): Fill {
  const template = handlebars.compile(source, { ...options, knownHelpers, knownHelpersOnly: true });
  return (roots, say) => template(roots, { data: { say } });
}

function compileProgram(program: hbs.AST.Program | undefined, names: Names, options: FillOptions): Part {
  const pieces = (program?.body ?? []).map((statement) => compileStatement(statement, names, options));
  if (!pieces.some((it) => typeof it === 'object')) return join(pieces as readonly Part[]);
  const byWords = new WeakMap<object, Write>();
  return (scope) => {
    const { words } = scope.plain.data.say;
    let write = byWords.get(words);
    if (write === undefined) {
      write = writer(join(pieces.map((it) => (typeof it === 'object' ? it.constant(scope) : it))));
      byWords.set(words, write);
    }
    return write(scope);
  };
}

/** What is the same for all becomes one text. */
function join(pieces: readonly Part[]): Part {
  const parts: Part[] = [];
  let run: string[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      run.push(piece);
      continue;
    }
    parts.push(run.join(''), piece);
    run = [];
  }
  if (parts.length === 0) return run.join('');
  parts.push(run.join(''));
  return (scope) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(scope);
    return text;
  };
}

function compileStatement(it: hbs.AST.Statement, names: Names, options: FillOptions): Part | Constant {
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

function compileMustache(it: hbs.AST.MustacheStatement, names: Names, options: FillOptions): Part | Constant {
  const write = showing(it, names, options);
  return isConstant(it, names) ? { constant: write } : write;
}

function showing(it: hbs.AST.MustacheStatement, names: Names, { noEscape }: FillOptions): Write {
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
  const shapes = compileShapes(it, (program) => writer(compileProgram(program, names, options)));
  if (shapes !== null) return shapes;
  const name = ['if', 'unless', 'each', 'with'].find((one) => isOwnName(it.path, one, names));
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

function isConstant({ path, params, hash }: hbs.AST.MustacheStatement, names: Names): boolean {
  return isOwnName(path, 't', names) && params.length === 1 && params[0]?.type === 'StringLiteral' && !hash;
}

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
