// Enters: a template, the shape of what it may read, the messages. Leaves: every name it gets wrong, with its line.
// Never: a run of the template; what is checked here needs no data.
import Handlebars from 'handlebars';
import { arity } from './helpers.ts';
import { argumentsOf, type Messages } from './messages.ts';
import { follow, itemOf, namesIn, type Shape } from './view-shape.ts';

interface Scope {
  readonly shape: Shape;
  /** Names of `as |item index|`. */
  readonly named: Readonly<Record<string, Shape>>;
}

interface Check {
  readonly file: string;
  readonly root: Shape;
  readonly messages: Messages;
  readonly faults: string[];
}

const blocks = new Set(['if', 'unless', 'each', 'with']);
const number: Shape = { type: 'number' };

/** @returns one line per fault: `email.mjml:12: …` */
export function checkTemplate(
  file: string,
  source: string,
  root: Shape,
  messages: Messages,
): readonly string[] {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (cause) {
    const [first = '', ...rest] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const line = /line (\d+)/.exec(first)?.[1] ?? '1';
    return [`${file}:${line}: ${rest.at(-1) ?? first}; check that every {{#…}} is closed`];
  }
  const check: Check = { file, root, messages, faults: [] };
  walk(program, [{ shape: root, named: {} }], check);
  return check.faults;
}

/** @param text what stands before the first statement, so that an attribute is known by its name */
function walk(program: hbs.AST.Program | undefined, scopes: readonly Scope[], check: Check, text = ''): void {
  let before = text;
  for (const statement of program?.body ?? []) {
    if (isContent(statement)) {
      before = statement.value;
      continue;
    }
    if (isMustache(statement)) mustache(statement, before, scopes, check);
    else if (statement.type === 'BlockStatement')
      block(statement as hbs.AST.BlockStatement, before, scopes, check);
    else if (statement.type !== 'CommentStatement')
      fault(check, statement, 'partials and decorators are not known here', 'write the part out');
    before = '';
  }
}

function mustache(
  it: hbs.AST.MustacheStatement,
  before: string,
  scopes: readonly Scope[],
  check: Check,
): void {
  const name = nameOf(it.path);
  if (!it.escaped) fault(check, it, `{{{${name}}}} would let data write HTML`, 'use two braces');
  expression(it, scopes, check);
  if (/=\s*$/.test(before))
    fault(check, it, 'an attribute without quotes lets data add attributes', 'write ="{{…}}"');
  const attribute = /\b(href|src|action|background-url)\s*=\s*["']\s*$/i.exec(before)?.[1];
  if (attribute !== undefined && name !== 'url' && !name.startsWith('links.'))
    fault(check, it, `${attribute}="{{${name}…" takes any address`, `write ${attribute}="{{url ${name}}}"`);
}

function block(it: hbs.AST.BlockStatement, before: string, scopes: readonly Scope[], check: Check): void {
  const name = nameOf(it.path);
  const [param] = it.params;
  if (!blocks.has(name) || param === undefined || it.params.length > 1) {
    fault(check, it, `{{#${name}}} is not a block`, 'use if, unless, each or with, each with one value');
    return;
  }
  const shape = value(param, scopes, check);
  let inner = scopes;
  if (name === 'each' || name === 'with') {
    const item = name === 'with' || shape === undefined ? shape : itemOf(shape, check.root);
    if (item === undefined && shape !== undefined)
      fault(check, it, `{{#each ${nameOf(param)}}} has no list to go over`, 'name a list of the view');
    const [first, second] = it.program.blockParams ?? [];
    const named = { ...(first ? { [first]: item ?? 'any' } : {}), ...(second ? { [second]: number } : {}) };
    inner = [...scopes, { shape: item ?? 'any', named }];
  }
  walk(it.program, inner, check, before);
  walk(it.inverse, scopes, check, before);
}

/** A path alone, or a helper with its values. */
function expression(
  it: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  scopes: readonly Scope[],
  check: Check,
): Shape | undefined {
  const name = nameOf(it.path);
  const known = Object.hasOwn(arity, name) ? arity[name as keyof typeof arity] : undefined;
  if (known === undefined) {
    if (it.params.length === 0 && it.type !== 'SubExpression') return value(it.path, scopes, check);
    fault(check, it, `"${name}" is no helper`, `there are ${Object.keys(arity).join(', ')}`);
    return undefined;
  }
  const [least, most] = known;
  if (it.params.length < least || it.params.length > most)
    fault(
      check,
      it,
      `${name} takes ${least === most ? least : `${least} to ${most}`} value(s)`,
      'see helpers.ts',
    );
  for (const param of it.params) value(param, scopes, check);
  for (const pair of it.hash?.pairs ?? []) value(pair.value, scopes, check);
  if (name === 't') message(it, check);
  return 'any';
}

function message(it: hbs.AST.MustacheStatement | hbs.AST.SubExpression, check: Check): void {
  const [key] = it.params;
  if (key?.type !== 'StringLiteral') {
    fault(check, it, 't wants its key written out', 'choose between messages with {{#if}}');
    return;
  }
  const name = (key as hbs.AST.StringLiteral).value;
  const text = Object.hasOwn(check.messages, name) ? check.messages[name] : undefined;
  if (text === undefined) {
    fault(check, it, `no message "${name}"`, 'add it to every file of messages/');
    return;
  }
  const given = new Set((it.hash?.pairs ?? []).map((pair) => pair.key));
  const wanted = argumentsOf(text);
  if (typeof wanted === 'string') return;
  const missing = [...wanted].filter((one) => !given.has(one));
  if (missing.length > 0)
    fault(check, it, `message "${name}" wants ${missing.join(', ')}`, `write ${missing[0]}=… after the key`);
}

function value(it: hbs.AST.Expression, scopes: readonly Scope[], check: Check): Shape | undefined {
  if (it.type === 'SubExpression') return expression(it as hbs.AST.SubExpression, scopes, check);
  if (it.type !== 'PathExpression') return 'any';
  const path = it as hbs.AST.PathExpression;
  const parts = path.parts.map(String);
  const [head = '', ...tail] = parts;
  if (path.data) {
    if (head === 'root') return along(path, tail, check.root, check);
    if (['index', 'key', 'first', 'last'].includes(head)) return number;
    fault(check, path, `@${head} is not known`, 'there are @index, @key, @first, @last and @root');
    return undefined;
  }
  const scope = scopes[scopes.length - 1 - path.depth];
  if (scope === undefined) {
    fault(check, path, `${path.original} climbs out of the template`, 'use fewer ../');
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

function fault(check: Check, at: hbs.AST.Node, problem: string, wayOut: string): void {
  check.faults.push(`${check.file}:${at.loc.start.line}: ${problem}; ${wayOut}`);
}

function nameOf(path: hbs.AST.Expression | hbs.AST.Literal): string {
  return 'original' in path ? String(path.original) : '…';
}

function isContent(statement: hbs.AST.Statement): statement is hbs.AST.ContentStatement {
  return statement.type === 'ContentStatement';
}

function isMustache(statement: hbs.AST.Statement): statement is hbs.AST.MustacheStatement {
  return statement.type === 'MustacheStatement';
}
