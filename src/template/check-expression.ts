// Enters: one expression of a template and the scopes around it. Leaves: the shape it has, and what is wrong with it.
// Never: a value; paths are followed through the contract's schema alone.
import { callFault } from './check-call.ts';
import { helperCalls } from './helper-calls.ts';
import type { HelperName } from './helpers.ts';
import type { Finding } from './lint/finding.ts';
import { type TreeLint, treeLints } from './lint/tree-lints.ts';
import { argumentsOf, type Messages } from './messages.ts';
import { follow, namesIn, type Shape } from './view-shape.ts';

export interface Scope {
  readonly shape: Shape;
  /** Names of `as |item index|`. */
  readonly named: Readonly<Record<string, Shape>>;
  readonly isList: boolean;
}

export interface Check {
  readonly file: string;
  readonly root: Shape;
  readonly messages: Messages;
  readonly findings: Finding[];
}

export const number: Shape = { type: 'number' };

/** A path alone, or a helper with its values. */
export function expression(
  it: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  scopes: readonly Scope[],
  check: Check,
): Shape | undefined {
  const name = nameOf(it.path);
  if (!Object.hasOwn(helperCalls, name)) {
    if (it.params.length === 0 && it.type !== 'SubExpression') return value(it.path, scopes, check);
    const how =
      name === 'elseif' ? 'write {{else if …}}' : `there are ${Object.keys(helperCalls).join(', ')}`;
    fault(check, 'helper-call', it, `"${name}" is no helper`, how);
    return undefined;
  }
  const [first] = it.params.map((param) => valueShape(param, scopes, check));
  for (const pair of it.hash?.pairs ?? []) value(pair.value, scopes, check);
  const wrong = callFault(name, it, first, check.root);
  const how = `write it like ${helperCalls[name as HelperName].example}`;
  if (wrong !== null) fault(check, 'helper-call', it, wrong, how);
  if (name === 't') message(it, check);
  return 'any';
}

function message(it: hbs.AST.MustacheStatement | hbs.AST.SubExpression, check: Check): void {
  const [key] = it.params;
  if (key?.type !== 'StringLiteral') {
    fault(
      check,
      'unknown-message',
      it,
      't wants its key written out',
      'choose between messages with {{#if}}',
    );
    return;
  }
  const name = (key as hbs.AST.StringLiteral).value;
  const text = Object.hasOwn(check.messages, name) ? check.messages[name] : undefined;
  if (text === undefined) {
    fault(check, 'unknown-message', it, `no message "${name}"`, 'add it to every file of messages/');
    return;
  }
  const given = new Set((it.hash?.pairs ?? []).map((pair) => pair.key));
  const wanted = argumentsOf(text);
  if (typeof wanted === 'string') return;
  const missing = [...wanted].filter((one) => !given.has(one));
  if (missing.length > 0)
    fault(
      check,
      'unknown-message',
      it,
      `message "${name}" wants ${missing.join(', ')}`,
      `write ${missing[0]}=… after the key`,
    );
  for (const one of given)
    if (!wanted.has(one))
      fault(
        check,
        'unknown-message',
        it,
        `message "${name}" has no {${one}}`,
        wanted.size === 0 ? `leave ${one}=… out` : `it takes ${[...wanted].join(', ')}`,
      );
}

/** Of what is written out, too. */
function valueShape(it: hbs.AST.Expression, scopes: readonly Scope[], check: Check): Shape | undefined {
  if (it.type === 'NumberLiteral') return number;
  if (it.type === 'StringLiteral') return { type: 'string' };
  return value(it, scopes, check);
}

export function value(it: hbs.AST.Expression, scopes: readonly Scope[], check: Check): Shape | undefined {
  if (it.type === 'SubExpression') return expression(it as hbs.AST.SubExpression, scopes, check);
  if (it.type !== 'PathExpression') return 'any';
  const path = it as hbs.AST.PathExpression;
  const parts = path.parts.map(String);
  const [head = '', ...tail] = parts;
  if (path.data) {
    if (head === 'root') return along(path, tail, check.root, check);
    if (['index', 'key', 'first', 'last'].includes(head)) {
      if (!scopes.some((one) => one.isList))
        fault(check, 'unknown-field', path, `@${head} is empty here`, 'it is there only within {{#each}}');
      return head === 'key' ? 'any' : number;
    }
    fault(
      check,
      'unknown-field',
      path,
      `@${head} is not known`,
      'there are @index, @key, @first, @last and @root',
    );
    return undefined;
  }
  const scope = scopes[scopes.length - 1 - path.depth];
  if (scope === undefined) {
    fault(check, 'unknown-field', path, `${path.original} climbs out of the template`, 'use fewer ../');
    return undefined;
  }
  if (path.depth === 0 && !/^(this|\.)/.test(path.original)) {
    const named = scopes.findLast((one) => Object.hasOwn(one.named, head))?.named[head];
    if (named !== undefined) return along(path, tail, named, check);
  }
  return along(path, parts, scope.shape, check);
}

function along(
  path: hbs.AST.PathExpression,
  parts: readonly string[],
  from: Shape,
  check: Check,
): Shape | undefined {
  let shape = from;
  for (const part of parts) {
    const next = follow(shape, part, check.root);
    if (next === undefined) {
      const names = namesIn(shape, check.root);
      const wayOut = names.length === 0 ? 'there is nothing below it' : `there are ${names.join(', ')}`;
      fault(
        check,
        'unknown-field',
        path,
        `unknown field "${path.original}"`,
        `${wayOut}; or add "${part}" to the contract's view`,
      );
      return undefined;
    }
    shape = next;
  }
  return shape;
}

export function fault(check: Check, lint: TreeLint, at: hbs.AST.Node, what: string, how: string): void {
  const { level, why } = treeLints[lint];
  check.findings.push({ lint, level, file: check.file, line: at.loc.start.line, what, why, how });
}

export function nameOf(path: hbs.AST.Expression | hbs.AST.Literal): string {
  return 'original' in path ? String(path.original) : '…';
}
