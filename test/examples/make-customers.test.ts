import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCustomers } from '../../examples/make-customers.ts';
import statement from '../../templates/statement/contract.ts';

const read = (name: string) => readFile(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

describe('the example customers', () => {
  let people: Record<string, string>[];
  let usage: { external_id: string; readings: { month: string; kwh: number }[] }[];
  beforeAll(async () => {
    people = parse(await read('customers.csv'), { columns: true });
    usage = (await read('readings.ndjson'))
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it));
  });

  it('are made byte for byte by the script beside them', async () => {
    const made = makeCustomers();
    expect(made.csv).toBe(await read('customers.csv'));
    expect(made.ndjson).toBe(await read('readings.ndjson'));
    expect(makeCustomers(1).csv).not.toBe(made.csv);
  });

  it('are 250, one of each number and address, four without an address', () => {
    const addresses = people.map((it) => it.email).filter((it) => it !== '');
    expect(people).toHaveLength(250);
    expect(new Set(people.map((it) => it.external_id)).size).toBe(250);
    expect(new Set(addresses).size).toBe(246);
    expect(addresses.every((it) => it?.endsWith('.example'))).toBe(true);
    expect(usage.map((it) => it.external_id)).toEqual(people.map((it) => it.external_id));
  });

  it('hold what careless software stumbles over', () => {
    const names = people.map((it) => `${it.first_name} ${it.last_name}`);
    expect(names.filter((it) => it.includes("'")).length).toBeGreaterThanOrEqual(2);
    expect(names.some((it) => /\p{Emoji_Presentation}/u.test(it))).toBe(true);
    expect(names.some((it) => /\p{Script=Hebrew}/u.test(it))).toBe(true);
    expect(people.some((it) => it.last_name?.replace(/\P{L}/gu, '').length === 60)).toBe(true);
    expect(new Set(people.map((it) => it.currency))).toEqual(new Set(['EUR', 'CHF', 'GBP']));
    expect(new Set(people.map((it) => it.locale)).size).toBe(5);
  });

  it('say yes, no and nothing to each purpose', () => {
    for (const purpose of ['service', 'marketing', 'tracking']) {
      expect(new Set(people.map((it) => it[`consent_${purpose}`]))).toEqual(new Set(['', 'true', 'false']));
    }
    expect(people.filter((it) => it.consent_service === 'false')).toHaveLength(3);
  });

  it('fit the statement, and pay more, less and get money back', () => {
    const balances = people.map((it, index) => {
      const facts = statement.data.parse({
        tariff: it.tariff,
        currency: it.currency,
        pricePerKwh: it.price_per_kwh,
        previousPricePerKwh: it.previous_price_per_kwh,
        baseFee: it.base_fee,
        previousBaseFee: it.previous_base_fee,
        monthlyPayment: it.monthly_payment,
        householdSize: it.household_size,
        postcode: it.postcode,
        city: it.city,
        readings: usage[index]?.readings,
      });
      expect(facts.readings.map((reading) => reading.month)).toEqual(
        usage[0]?.readings.map((reading) => reading.month),
      );
      const sum = (from: number) =>
        facts.readings.slice(from, from + 12).reduce((all, reading) => all + reading.kwh, 0);
      const cost = sum(12) * facts.pricePerKwh + 12 * facts.baseFee;
      const previous = sum(0) * facts.previousPricePerKwh + 12 * facts.previousBaseFee;
      return { more: cost > previous, due: cost > 12 * facts.monthlyPayment };
    });
    for (const key of ['more', 'due'] as const) {
      const yes = balances.filter((it) => it[key]).length;
      expect(yes).toBeGreaterThan(60);
      expect(yes).toBeLessThan(190);
    }
    expect(usage[0]?.readings[0]?.month).toBe('2024-11');
    expect(usage[0]?.readings.at(-1)?.month).toBe('2026-10');
  });
});
