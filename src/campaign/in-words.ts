import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'fields, each as name: value',
  record: 'fields, each as name: value',
};

/** Zod's complaints in the words of somebody who writes a file; undefined leaves them as they are. */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_value') {
    const choice = `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    return issue.input === undefined ? `is missing; ${choice}` : choice;
  }
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'is missing';
    return `expected ${kinds[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return 'is empty';
    return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unitOf(issue.origin)}`;
  }
  if (issue.code === 'too_big') {
    return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unitOf(issue.origin)}`;
  }
  // What a name lacks stands one level below.
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  return undefined;
};

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' of them' : '';
}
