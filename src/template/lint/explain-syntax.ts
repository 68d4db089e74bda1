// Enters: a template that Handlebars cannot read, and what Handlebars says. Leaves: the mustache that is wrong, and the way out.
// Never: Handlebars' own words about tokens, which name no mustache and often the wrong line.
import { verbOf } from '../mjml-tree.ts';
import { kindOf, mustachePattern } from '../nest-blocks.ts';
import { lineAt } from './finding.ts';

export interface Explained {
  readonly line: number;
  readonly what: string;
  readonly how: string;
}

interface Open {
  readonly text: string;
  readonly name: string;
  readonly at: number;
  hasElse: boolean;
}

/** @param message the first line of it says where, the last one what */
export function explainSyntax(source: string, message: string): Explained {
  const line = Number(/line (\d+)/.exec(message)?.[1] ?? /- (\d+):\d+/.exec(message)?.[1] ?? '1');
  return cutOff(source) ?? unbalanced(source) ?? unreadable(source, line);
}

/** `{{name}` and `{{name`: what follows is read as part of it. */
function cutOff(source: string): Explained | null {
  for (const { index, 0: whole } of source.matchAll(anyMustache)) {
    const inside = whole.slice(2).replace(/"[^"]*"|'[^']*'/g, '');
    if (whole !== '{{' && !inside.includes('{{')) continue;
    const text = /^\{\{[^\n<}]*\}?/.exec(source.slice(index))?.[0].trim() ?? whole;
    const isComment = text.startsWith('{{!');
    if (isComment && whole !== '{{') continue;
    const end = text.startsWith('{{!--') ? '--}}' : '}}';
    const hasOddQuote = /^[^"]*"[^"]*$|^[^']*'[^']*(?:'[^']*'[^']*)*$/.test(text);
    const how =
      !isComment && hasOddQuote ? 'close the quote in it with the same sign' : `close it with ${end}`;
    return told(source, index, `${text} has no end`, how);
  }
  return null;
}

const anyMustache = new RegExp(`${mustachePattern}|\\{\\{`, 'g');

function unbalanced(source: string): Explained | null {
  const open: Open[] = [];
  for (const { index, 0: text } of source.matchAll(anyMustache)) {
    const kind = kindOf(text);
    const block = open.at(-1);
    if (kind === 'open') {
      const name = /^\{\{~?\s*[#^]>?\s*\*?\s*([^\s~}]+)/.exec(text)?.[1] ?? '';
      open.push({ text, name, at: index, hasElse: false });
    } else if (kind === 'else') {
      if (block === undefined)
        return told(source, index, `${text} stands in no block`, 'write {{#if …}} before it');
      if (block.hasElse)
        return told(source, index, `${text} comes after the {{else}} of ${block.text}`, elseIf);
      block.hasElse = verbOf(text) === '';
    } else if (kind === 'close') {
      const name = /^\{\{~?\/\s*([^\s~}]+)/.exec(text)?.[1] ?? '';
      if (block === undefined)
        return told(source, index, `${text} closes nothing`, `write {{#${name} …}} before it, with the #`);
      if (block.name !== name) {
        const line = lineAt(source, block.at);
        const how = `close the inner block first: {{/${block.name}}}`;
        return told(source, index, `${text} stands where ${block.text} of line ${line} is still open`, how);
      }
      open.pop();
    }
  }
  const [first] = open;
  return first === undefined
    ? null
    : told(
        source,
        first.at,
        `${first.text} is never closed`,
        `write {{/${first.name}}} behind what it holds`,
      );
}

const elseIf = 'let it be the last, and write {{else if …}} for those before it';

function unreadable(source: string, line: number): Explained {
  const all = [...source.matchAll(anyMustache)].filter(
    ({ index, 0: text }) => lineAt(source, index) <= line && line <= lineAt(source, index + text.length),
  );
  const odd = all.find(({ 0: text }) => hints.some(([pattern]) => pattern.test(text))) ?? all[0];
  const text = odd?.[0] ?? '';
  const how =
    hints.find(([pattern]) => pattern.test(text))?.[1] ??
    (text.split('(').length === text.split(')').length ? undefined : 'close every ( with )');
  return {
    line,
    what: `${odd?.[0] ?? 'this line'} is no Handlebars`,
    how: how ?? 'write {{field}}, {{helper value}} or {{#if field}} … {{/if}}, texts in quotes',
  };
}

/** What people bring along from other languages. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/^\{\{\{|\}\}\}$/, 'use two braces on both sides: {{name}}'],
  [
    /[^"'\s(]\s*(?:===?|!==?)|\s==/,
    'compare by a helper: {{#if (eq name "x")}}, {{#if (not (eq name "x"))}}',
  ],
  [/\s[<>]=?\s/, 'compare by a helper: {{#if (gt count 1)}}'],
  [/&&|\|\|/, 'join by a helper: {{#if (and a b)}}, {{#if (or a b)}}'],
  [/[^|]\|[^|]/, 'there are no filters; call a helper: {{money total "EUR"}}'],
  [/[#(\s]!\w/, 'turn it round by a helper: {{#if (not a)}}, or {{#unless a}}'],
];

function told(source: string, at: number, what: string, how: string): Explained {
  return { line: lineAt(source, at), what: what.replace(/\s+/g, ' '), how };
}
