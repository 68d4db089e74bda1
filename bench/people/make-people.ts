import type { Json, Profile } from '../../src/profile/profile.ts';

const firstNames = [
  'Ada',
  'Jürgen',
  'Zoë',
  'Niccolò',
  'Siân',
  'Emre',
  'Regula',
  "D'Angela",
  'Mia 🌻',
  'Hans-Peter',
];
const lastNames = [
  'Müller',
  'Öztürk',
  'Rossi',
  "O'Neill",
  'von Arx',
  'Taylor-Jones',
  'Weiß & Söhne',
  'Lüthi',
  'Conti',
];

/**
 * The pack's samples as many different people: other names, readings and prices, so that nothing is fast because it was
 * the same the last time. The same index gives the same person.
 */
export function makePerson(samples: readonly { readonly profile: Profile }[], index: number): Profile {
  const sample = samples[index % samples.length]?.profile;
  if (sample === undefined) throw new Error('the pack has no samples');
  const { facts } = sample;
  const random = mulberry32(index);
  const about = (value: Json | undefined, digits = 0) =>
    Math.round(Number(value) * (0.7 + 0.6 * random()) * 10 ** digits) / 10 ** digits;
  const readings = (facts.readings as readonly { readonly month: string; readonly kwh: number }[]).map(
    (it) => ({
      month: it.month,
      kwh: about(it.kwh),
    }),
  );
  return {
    ...sample,
    externalId: `NL-${100_000 + index}`,
    firstName: firstNames[Math.floor(random() * firstNames.length)] ?? '',
    lastName: lastNames[Math.floor(random() * lastNames.length)] ?? '',
    facts: {
      ...facts,
      readings,
      pricePerKwh: about(facts.pricePerKwh, 2),
      previousPricePerKwh: about(facts.previousPricePerKwh, 2),
      baseFee: about(facts.baseFee),
      monthlyPayment: about(facts.monthlyPayment),
    },
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
