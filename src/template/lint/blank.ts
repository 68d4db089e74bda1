import { mustachePattern } from '../nest-blocks.ts';

const mustache = new RegExp(mustachePattern, 'g');

/**
 * The template as plain HTML, every character where it was: what shows something becomes letters, all other mustaches
 * spaces. Both branches of a block stand there.
 */
export function blank(source: string): string {
  return source.replace(mustache, (whole) => whole.replace(/[^\n]/g, isShown(whole) ? 'x' : ' '));
}

function isShown(whole: string): boolean {
  return !/^\{\{\{?~?\s*([#/^!]|else\b)/.test(whole);
}
