import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { DearlyError, type FaultCode, faults } from '../src/errors.ts';
import { exitOf, exits } from '../src/shell/cli/perform.ts';

const page = await readFile('docs/errors.md', 'utf8');
const codes = Object.keys(faults) as FaultCode[];

/** The cells of every row of the table under a heading, without the head. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('docs/errors.md tells every fault as the table has it, in its order', () => {
  const expected = codes.map((code) => {
    const { kind, retry, meaning } = faults[code];
    return [`\`${code}\``, kind, retry, meaning];
  });
  expect(rowsUnder('Faults')).toEqual(expected);
});

test('docs/errors.md tells every exit code', () => {
  const told = rowsUnder('Exit codes').map(([code]) => Number(code));
  expect(told).toEqual(Object.values(exits));
});

describe('DearlyError', () => {
  test.each(codes)('%s carries kind and retry of the table', (code) => {
    const fault = new DearlyError(code, 'Something is wrong.', { details: ['file:1: why'] });
    expect(fault).toMatchObject({ code, kind: faults[code].kind, retry: faults[code].retry });
    expect(fault.details).toEqual(['file:1: why']);
  });

  test('keeps the cause, and has none where none was given', () => {
    const cause = new Error('below');
    expect(new DearlyError('mail-refused', 'No.', { cause }).cause).toBe(cause);
    expect('cause' in new DearlyError('mail-refused', 'No.')).toBe(false);
  });
});

test('what is wrong with the input exits with 3, all else with 1', () => {
  expect(exitOf(new DearlyError('pack-invalid', 'No.'))).toBe(3);
  expect(exitOf(new DearlyError('profile-missing', 'No.'))).toBe(3);
  expect(exitOf(new DearlyError('database-unavailable', 'No.'))).toBe(1);
  expect(exitOf(new TypeError('a bug'))).toBe(1);
});
