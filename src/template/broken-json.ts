import { lineAt } from './lint/finding.ts';

export interface BrokenJson {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Where a text ends being JSON; null where it is JSON to its end. */
export function brokenJson(text: string): BrokenJson | null {
  try {
    JSON.parse(text);
    return null;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : 'it cannot be read';
    const message = said.replace(/, (?:\.\.\.)?"[\s\S]*$/, '').replace(/ in JSON at position [\s\S]*$/, '');
    return { line: lineAt(text, placeIn(text, said)), message: `no JSON: ${message}` };
  }
}

/** V8 tells the position, or quotes ten characters around it (all of a short text), or means the end. */
function placeIn(text: string, said: string): number {
  const position = /position (\d+)/.exec(said)?.[1];
  if (position !== undefined) return Number(position);
  const [, token = '', cut, quote] =
    /^Unexpected token '(.+?)', (\.\.\.)?"([\s\S]+?)"(?:\.\.\.)? is not/u.exec(said) ?? [];
  if (quote === undefined) return text.length;
  return text.indexOf(quote) + (cut === undefined ? quote.indexOf(token) : 10);
}
