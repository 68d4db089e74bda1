// Enters: a template, the shape of what it may read, the messages. Leaves: every name it gets wrong, with its line.
// Never: a run of the template; what is checked here needs no data.
import Handlebars from 'handlebars';
import { type Check, expression, fault, nameOf, number, type Scope, value } from './check-expression.ts';
import { explainSyntax } from './lint/explain-syntax.ts';
import { type Finding, sayFinding } from './lint/finding.ts';
import { type Context, either, fillIn, outside, readOn } from './lint/html-context.ts';
import { treeLints } from './lint/tree-lints.ts';
import { unsafePlace } from './lint/unsafe-place.ts';
import type { Messages } from './messages.ts';
import { isRich } from './rich-message.ts';
import { isCompound, itemOf, namesIn, type Shape } from './view-shape.ts';

const blocks = new Set(['if', 'unless', 'each', 'with']);

/** @returns one line per fault: `email.mjml:12: …` */
export function checkTemplate(
  file: string,
  source: string,
  root: Shape,
  messages: Messages,
): readonly string[] {
  return findInTree(file, source, root, messages).map(sayFinding);
}

/** All that is wrong with the names in a template, and with the places that data is put into. */
export function findInTree(
  file: string,
  source: string,
  root: Shape,
  messages: Messages,
): readonly Finding[] {
  const check: Check = { file, root, messages, findings: [] };
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(source);
  } catch (cause) {
    const { line, what, how } = explainSyntax(source, cause instanceof Error ? cause.message : String(cause));
    const { level, why } = treeLints['template-syntax'];
    return [{ lint: 'template-syntax', level, why, file, line, what, how }];
  }
  walk(program, [{ shape: root, named: {}, isList: false }], check, outside);
  return check.findings;
}

/** @param context where in the HTML the first statement stands @returns where the text behind the last one goes on */
function walk(
  program: hbs.AST.Program | undefined,
  scopes: readonly Scope[],
  check: Check,
  context: Context,
): Context {
  let now = context;
  for (const statement of program?.body ?? []) {
    if (isContent(statement)) now = readOn(now, statement.value);
    else if (isMustache(statement)) now = mustache(statement, now, scopes, check);
    else if (statement.type === 'BlockStatement')
      now = block(statement as hbs.AST.BlockStatement, now, scopes, check);
    else if (statement.type !== 'CommentStatement')
      fault(
        check,
        'template-syntax',
        statement,
        'partials and decorators are not known here',
        'write the part out',
      );
  }
  return now;
}

function mustache(
  it: hbs.AST.MustacheStatement,
  context: Context,
  scopes: readonly Scope[],
  check: Check,
): Context {
  const name = nameOf(it.path);
  if (!it.escaped)
    fault(check, 'unsafe-place', it, `{{{${name}}}} would let data write HTML`, 'use two braces');
  const shape = expression(it, scopes, check);
  if (shape !== undefined && isCompound(shape, check.root)) {
    const parts = namesIn(shape, check.root).filter((part) => part !== 'length');
    const how =
      parts.length === 0 ? `go over it: {{#each ${name}}}` : `name a part of it: ${parts.join(', ')}`;
    fault(check, 'unknown-field', it, `{{${name}}} is no text`, how);
  }
  const unsafe = unsafePlace(name, context, { isOurLink: isOurLink(it.path, scopes), shape });
  if (unsafe !== null) fault(check, 'unsafe-place', it, unsafe.what, unsafe.how);
  if (callsRich(it) && (context.place !== 'text' || !/^(email\.mjml|site\.hbs)$/.test(check.file)))
    fault(check, 'unsafe-place', it, 'a message with HTML in it', 'show it between tags of email or page');
  return fillIn(context);
}

function callsRich({ path, params: [key] }: hbs.AST.MustacheStatement): boolean {
  return (
    nameOf(path) === 't' && key?.type === 'StringLiteral' && isRich((key as hbs.AST.StringLiteral).value)
  );
}

/** `links` of the house, not a field of that name in somebody's list. */
function isOurLink(path: hbs.AST.Expression, scopes: readonly Scope[]): boolean {
  if (path.type !== 'PathExpression') return false;
  const { parts, data, depth } = path as hbs.AST.PathExpression;
  if (data) return parts[0] === 'root' && parts[1] === 'links';
  const isNamed = scopes.some((one) => Object.hasOwn(one.named, 'links'));
  return parts[0] === 'links' && !isNamed && scopes.length - 1 - depth === 0;
}

function block(
  it: hbs.AST.BlockStatement,
  context: Context,
  scopes: readonly Scope[],
  check: Check,
): Context {
  const name = nameOf(it.path);
  // A place for a variant to move things to: lint/block-place.ts. What stands in it reads as if it were not there.
  if (name === 'block') return either(walk(it.program, scopes, check, context), context);
  const [param] = it.params;
  if (!blocks.has(name)) {
    const how = 'use {{#if …}}, {{#unless …}}, {{#each …}} or {{#with …}}';
    fault(check, 'helper-call', it, `{{#${name}}} is not a block`, how);
    return context;
  }
  if (param === undefined || it.params.length > 1) {
    const how = `write {{#${name} field}}; helpers compare and join: {{#if (eq a b)}}, {{#if (and a b)}}`;
    fault(check, 'helper-call', it, `{{#${name}}} takes one value, not ${it.params.length}`, how);
    return context;
  }
  const { program, inverse } = it as Partial<hbs.AST.BlockStatement>;
  if (name !== 'if' && name !== 'unless' && program && inverse && isBefore(inverse, program))
    fault(
      check,
      'helper-call',
      it,
      `{{^${name}}} with an {{else}}`,
      `write {{#${name}}} … {{else}} … {{/${name}}}`,
    );
  const shape = value(param, scopes, check);
  let inner = scopes;
  if (name === 'each' || name === 'with') {
    const item = name === 'with' || shape === undefined ? shape : itemOf(shape, check.root);
    if (item === undefined && shape !== undefined)
      fault(
        check,
        'unknown-field',
        it,
        `{{#each ${nameOf(param)}}} has no list to go over`,
        'name a list of the view',
      );
    const [first, second] = program?.blockParams ?? [];
    const named = { ...(first ? { [first]: item ?? 'any' } : {}), ...(second ? { [second]: number } : {}) };
    inner = [...scopes, { shape: item ?? 'any', named, isList: name === 'each' }];
  }
  const ran = walk(program, inner, check, context);
  return either(ran, inverse === undefined ? context : walk(inverse, scopes, check, context));
}

function isBefore(one: hbs.AST.Program, other: hbs.AST.Program): boolean {
  const [a, b] = [one.loc.start, other.loc.start];
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

function isContent(statement: hbs.AST.Statement): statement is hbs.AST.ContentStatement {
  return statement.type === 'ContentStatement';
}

function isMustache(statement: hbs.AST.Statement): statement is hbs.AST.MustacheStatement {
  return statement.type === 'MustacheStatement';
}
