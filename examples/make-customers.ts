// Makes customers.csv and readings.ndjson, byte for byte the same each time: `npx node examples/make-customers.ts`.
// Nobody in them exists; the addresses lie under .example (RFC 2606).
import { writeFile } from 'node:fs/promises';
import { type Country, countries, oddNames } from './people.ts';

const people = countries.reduce((sum, it) => sum + it.share, 0);
/** The statement's year and the one before: November to October. */
const months = Array.from({ length: 24 }, (_, index) => {
  const month = (index + 10) % 12;
  return { month, name: `${2024 + Math.floor((index + 10) / 12)}-${String(month + 1).padStart(2, '0')}` };
});
/** Light and cooking; heating. Both add up to 12, January first. */
const household = [1.18, 1.07, 1.03, 0.95, 0.9, 0.86, 0.85, 0.87, 0.92, 1.02, 1.13, 1.22];
const heating = [2.6, 2.2, 1.6, 0.8, 0.25, 0.05, 0, 0, 0.2, 0.8, 1.5, 2];
const yearlyKwh = [0, 1450, 2350, 3150, 3800, 4500, 5100];

type Random = () => number;

export function makeCustomers(seed = 20261122): { readonly csv: string; readonly ndjson: string } {
  const random = mulberry32(seed);
  const taken = new Set<string>();
  const rows = Array.from({ length: people }, (_, index) => makePerson(index, random, taken));
  const columns = Object.keys(rows[0]?.cells ?? {});
  const csv = [columns, ...rows.map((row) => Object.values(row.cells))].map(csvLine).join('');
  return { csv, ndjson: rows.map((row) => `${JSON.stringify(row.usage)}\n`).join('') };
}

function makePerson(index: number, random: Random, taken: Set<string>) {
  const odd = oddNames.get(index);
  const country = countries.find((it) => it.locale === odd?.[0]) ?? countryAt(index);
  const firstName = odd?.[1] ?? pick(country.firstNames, random);
  const lastName = odd?.[2] ?? pick(country.lastNames, random);
  const [postcode, city] = pick(country.places, random);
  const householdSize = pick([1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6], random);
  const hasHeatPump = random() < 0.12;
  const readings = makeReadings(householdSize, hasHeatPump, random);
  const tariff = hasHeatPump ? 'Nordlicht Wärme' : pick(country.tariffs, random);
  const money = makePrices(country, readings, hasHeatPump, random);
  const externalId = `NL-${100001 + index}`;
  return {
    cells: {
      external_id: externalId,
      // Four never told us how to write to them.
      email: [40, 101, 166, 219].includes(index) ? '' : makeAddress(firstName, lastName, taken),
      first_name: firstName,
      last_name: lastName,
      locale: country.locale,
      time_zone: country.timeZone,
      consent_service: [55, 130, 204].includes(index) ? 'false' : random() < 0.04 ? 'true' : '',
      consent_marketing: consent(random, 0.58, 0.27),
      consent_tracking: consent(random, 0.52, 0.3),
      tariff,
      currency: country.currency,
      ...money,
      household_size: householdSize,
      postcode,
      city,
    },
    usage: { external_id: externalId, readings },
  };
}

function makeReadings(householdSize: number, hasHeatPump: boolean, random: Random) {
  const yearly = (yearlyKwh[householdSize] ?? 0) * between(0.72, 1.38, random);
  const heat = hasHeatPump ? between(1800, 3400, random) : 0;
  // A few moved in or out with somebody, most changed a little.
  const trend = random() < 0.1 ? between(0.62, 1.45, random) : between(0.86, 1.13, random);
  return months.map(({ month, name }, index) => {
    const whole = ((household[month] ?? 0) * yearly + (heating[month] ?? 0) * heat) / 12;
    const kwh = whole * (index < 12 ? 1 : trend) * between(0.93, 1.07, random);
    return { month: name, kwh: Math.round(kwh) };
  });
}

function makePrices(
  country: Country,
  readings: readonly { readonly kwh: number }[],
  hasHeatPump: boolean,
  random: Random,
) {
  const discount = hasHeatPump ? 0.8 : 1;
  const previousPrice = country.price * discount * between(0.94, 1.08, random);
  const price = previousPrice * pick([0.91, 0.96, 1, 1, 1.03, 1.05, 1.08, 1.12], random);
  const previousBaseFee = country.baseFee + 10 * Math.floor(between(-10, 11, random));
  const before = readings.slice(0, 12).reduce((sum, it) => sum + it.kwh, 0);
  // Payments follow last year's bill, more or less closely: hence credits and arrears.
  const planned = (before * previousPrice) / 12 + previousBaseFee;
  return {
    price_per_kwh: round(price),
    previous_price_per_kwh: round(previousPrice),
    base_fee: previousBaseFee + pick([0, 0, 0, 60, 100], random),
    previous_base_fee: previousBaseFee,
    monthly_payment: Math.max(500, Math.round((planned * between(0.92, 1.12, random)) / 100) * 100),
  };
}

function makeAddress(firstName: string, lastName: string, taken: Set<string>): string {
  const name = `${firstName}.${lastName}`
    .replace(/ß/g, 'ss')
    .replace(/[äöüÄÖÜ]/g, (letter) => `${letter}e`)
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z.-]/g, '')
    .slice(0, 50)
    .replace(/^[.-]+|[.-]+$/g, '');
  const stem = name === '' ? 'noa' : name;
  let address = `${stem}@kunde.example`;
  for (let number = 2; taken.has(address); number++) address = `${stem}${number}@kunde.example`;
  taken.add(address);
  return address;
}

function consent(random: Random, yes: number, no: number): string {
  const drawn = random();
  return drawn < yes ? 'true' : drawn < yes + no ? 'false' : '';
}

/** Spreads the countries evenly through the list; the factor shares no divisor with the number of people. */
function countryAt(index: number): Country {
  let left = (index * 149) % people;
  for (const country of countries) {
    if (left < country.share) return country;
    left -= country.share;
  }
  throw new RangeError('more people than the countries have');
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

function between(low: number, high: number, random: Random): number {
  return low + (high - low) * random();
}

function round(price: number): number {
  return Math.round(price * 100) / 100;
}

/** RFC 4180 with LF, which diffs like text. */
function csvLine(cells: readonly (string | number)[]): string {
  const quoted = cells.map((it) =>
    /[",\n]/.test(String(it)) ? `"${String(it).replaceAll('"', '""')}"` : it,
  );
  return `${quoted.join(',')}\n`;
}

/** Small, seeded and good enough for made-up people. */
function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 4294967296;
  };
}

if (import.meta.main) {
  const { csv, ndjson } = makeCustomers();
  await writeFile(new URL('customers.csv', import.meta.url), csv);
  await writeFile(new URL('readings.ndjson', import.meta.url), ndjson);
}
