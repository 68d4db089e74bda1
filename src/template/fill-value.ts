// Enters: an expression of a template. Leaves: Read, a function that looks it up in a scope, or calls its helper.
// Never: a property that the data does not own itself.

import { climb, type Options, type Scope } from './fill-scope.ts';
import { helpers } from './helpers.ts';

export type Read = (scope: Scope) => unknown;

/** `as |…|` of the blocks around, innermost first. */
export type Names = readonly (readonly string[])[];

/** Thrown for what is not known here, so that Handlebars itself takes the whole template. */
export class BeyondFill extends Error {}

type Helper = (...given: unknown[]) => unknown;
const known = new Map<string, Helper>(Object.entries(helpers as unknown as Record<string, Helper>));
const blocks = new Set([
  'if',
  'unless',
  'each',
  'with',
  'lookup',
  'log',
  'helperMissing',
  'blockHelperMissing',
]);

export function readExpression(it: hbs.AST.MustacheStatement | hbs.AST.SubExpression, names: Names): Read {
  const path = pathOf(it.path);
  const name = path.parts[0] ?? '';
  const isNamed = isSimple(path) && find(names, name) !== undefined;
  const isCall = it.type === 'SubExpression' || it.params.length > 0 || it.hash !== undefined;
  if (isNamed ? isCall : isCall || (isSimple(path) && (known.has(name) || blocks.has(name)))) {
    const helper = known.get(name);
    if (isNamed || helper === undefined || path.data || !isSimple(path)) throw new BeyondFill();
    return call(
      helper,
      it.params.map((param) => readValue(param, names)),
      (it.hash?.pairs ?? []).map((pair) => [pair.key, readValue(pair.value, names)] as const),
    );
  }
  return readPath(path, names);
}

export function readValue(it: hbs.AST.Expression, names: Names): Read {
  switch (it.type) {
    case 'SubExpression':
      return readExpression(it as hbs.AST.SubExpression, names);
    case 'PathExpression':
      return readPath(pathOf(it), names);
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral': {
      const { value } = it as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral;
      return () => value;
    }
    case 'NullLiteral':
      return () => null;
    case 'UndefinedLiteral':
      return () => undefined;
    default:
      throw new BeyondFill();
  }
}

/** Whether this name is a helper's or block's here: no block parameter hides it. */
export function isOwnName(path: hbs.AST.Expression, name: string, names: Names): boolean {
  const { parts, data } = pathOf(path);
  return !data && isSimple(pathOf(path)) && parts[0] === name && find(names, name) === undefined;
}

function call(helper: Helper, given: readonly Read[], pairs: readonly (readonly [string, Read])[]): Read {
  const options = pairs.length === 0 ? (scope: Scope) => scope.plain : withHash(pairs);
  const [first, second] = given;
  if (first === undefined) return (scope) => helper(options(scope));
  if (second === undefined) return (scope) => helper(first(scope), options(scope));
  if (given.length === 2) return (scope) => helper(first(scope), second(scope), options(scope));
  return (scope) => helper(...given.map((read) => read(scope)), options(scope));
}

function withHash(pairs: readonly (readonly [string, Read])[]): (scope: Scope) => Options {
  return (scope) => {
    const hash: Record<string, string | number> = {};
    for (const [key, read] of pairs) hash[key] = read(scope) as string | number;
    return { hash, data: scope.plain.data };
  };
}

function readPath(path: hbs.AST.PathExpression, names: Names): Read {
  const { parts, depth } = path;
  const [head, ...tail] = parts;
  const place = depth === 0 && !isScoped(path) && head !== undefined ? find(names, head) : undefined;
  if (path.data) {
    if (place !== undefined) throw new BeyondFill();
    return readData(head, tail, depth);
  }
  if (place !== undefined) {
    const [level, index] = place;
    return along((scope) => {
      let named = scope.named;
      for (let left = level; left > 0; left--) named = named?.up;
      return named?.values[index];
    }, tail);
  }
  return depth === 0 ? inContext(parts) : along((scope) => climb(scope, depth), parts);
}

/** Nearly every path of a template: worth its own short way. */
function inContext(parts: readonly string[]): Read {
  const [first, second, third] = parts;
  if (first === undefined || !parts.every(isNobodys) || parts.length > 3)
    return along((scope) => scope.context, parts);
  if (second === undefined) return (scope) => field(scope.context, first);
  if (third === undefined) return (scope) => field(field(scope.context, first), second);
  return (scope) => field(field(field(scope.context, first), second), third);
}

function along(from: Read, parts: readonly string[]): Read {
  const [first, second] = parts;
  if (first === undefined) return from;
  if (second === undefined) return (scope) => own(from(scope), first);
  if (parts.length === 2) return (scope) => own(own(from(scope), first), second);
  return (scope) => parts.reduce(own, from(scope));
}

/** Whether no plain value inherits a property of this name: then looking whether it is the value's own is wasted time. */
function isNobodys(part: string): boolean {
  return [{}, [], '', 0, false].every((plain) => !(part in Object(plain)));
}

function field(value: unknown, part: string): unknown {
  return value === null || value === undefined ? value : (value as Readonly<Record<string, unknown>>)[part];
}

/** Null and undefined stay what they are. */
function own(value: unknown, part: string): unknown {
  if (value === null || value === undefined) return value;
  return Object.hasOwn(value, part) ? (value as Readonly<Record<string, unknown>>)[part] : undefined;
}

function readData(head: string | undefined, tail: readonly string[], depth: number): Read {
  // Here Handlebars stops at any falsy value, not only at null.
  if (head === 'root' && depth === 0)
    return (scope) => tail.reduce((at, part) => (at ? own(at, part) : at), scope.root);
  if (tail.length > 0 || (head !== 'index' && head !== 'key' && head !== 'first' && head !== 'last'))
    throw new BeyondFill();
  return (scope) => {
    let { loop } = scope;
    for (let left = depth; left > 0; left--) loop = loop?.up;
    return loop?.[head];
  };
}

function find(names: Names, name: string): readonly [level: number, index: number] | undefined {
  for (const [level, own] of names.entries()) {
    const index = own.indexOf(name);
    if (index >= 0) return [level, index];
  }
  return undefined;
}

function pathOf(it: hbs.AST.Expression | hbs.AST.Literal): hbs.AST.PathExpression {
  if (it.type !== 'PathExpression') throw new BeyondFill();
  const path = it as hbs.AST.PathExpression;
  if (path.parts.some((part: unknown) => typeof part !== 'string')) throw new BeyondFill();
  return path;
}

function isScoped({ original }: hbs.AST.PathExpression): boolean {
  return /^\.|this\b/.test(original);
}

function isSimple(path: hbs.AST.PathExpression): boolean {
  return path.parts.length === 1 && path.depth === 0 && !isScoped(path);
}
