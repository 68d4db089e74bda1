import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DearlyError } from '../../src/errors.ts';
import { parseRule } from '../../src/segment/rule.ts';
import { toSql } from '../../src/segment/to-sql.ts';

const detailsOf = (rule: unknown): readonly string[] => {
  try {
    parseRule(rule);
    return [];
  } catch (fault) {
    if (!(fault instanceof DearlyError) || fault.code !== 'rule-invalid') throw fault;
    return fault.details;
  }
};

describe('a rule', () => {
  it.each([[undefined], [null], [true], [{}]])('means everyone: %j', (rule) => {
    expect(toSql(parseRule(rule))).toEqual({ text: 'true', values: [] });
  });

  it.each([
    [{ field: 'shoe', op: 'eq', value: 1 }, 'field: '],
    [{ field: 'locale', op: 'like', value: 'x' }, 'op: '],
    [{ field: 'locale', op: 'eq' }, 'value: '],
    [{ field: 'locale', op: 'eq', value: 5 }, 'value: '],
    [{ field: 'email', op: 'eq', value: 'a@b.example' }, 'op: '],
    [{ field: 'consent.marketing', op: 'eq', value: 'yes' }, 'value: '],
    [{ field: 'consent.anything', op: 'eq', value: true }, 'field: '],
    [{ field: 'facts.a', op: 'in', value: 5 }, 'value: '],
    [{ field: 'facts.a', op: 'gt', value: true }, 'value: '],
    [{ field: 'facts.a"b', op: 'eq', value: 1 }, 'field: '],
    [{ field: 'facts.a', op: 'eq', value: 'x\0' }, 'value: '],
    [{ field: 'facts.a', op: 'eq', value: Number.NaN }, 'value: '],
    [{ field: 'facts.a', op: 'eq', value: 1, extra: 2 }, 'rule: '],
    [{ all: [true, { any: [{ not: { field: 'lang', op: 'eq', value: 3 } }] }] }, 'all[1].any[0].not.value: '],
    [{ any: [] }, 'rule: '],
    [{ all: {} }, 'rule: '],
    [[], 'rule: '],
    ['true', 'rule: '],
    [false, 'rule: '],
  ])('names the wrong part of %j', (rule, start) => {
    expect(detailsOf(rule)[0]).toSatisfy((it: string) => it?.startsWith(start));
  });

  it('stays small', () => {
    let deep: unknown = true;
    for (let level = 0; level < 5000; level++) deep = { not: deep };
    expect(detailsOf(deep)[0]).toContain('levels');
    const wide = { any: Array.from({ length: 300 }, () => ({ field: 'lang', op: 'eq', value: 'de' })) };
    expect(detailsOf(wide)[0]).toContain('conditions');
  });

  it('never puts its data into the text', () => {
    const value = fc
      .string({ minLength: 3 })
      .map((it) => `§${it.replaceAll('\0', '')}§`)
      .filter((it) => it.isWellFormed());
    const op = fc.constantFrom('eq', 'ne', 'lt', 'gte', 'contains');
    fc.assert(
      fc.property(value, op, (it, how) => {
        const { text, values } = toSql(parseRule({ field: 'facts.city', op: how, value: it.slice(0, 1000) }));
        expect(text).not.toContain('§');
        expect(text.match(/\$\d+/g)).toEqual(values.map((_, index) => `$${index + 1}`));
      }),
    );
  });
});
