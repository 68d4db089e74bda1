// Enters: a household's data. Leaves: the one offer that fits it best, the reason, and what it saves.
// Never: a word, a format, or a saving finer than a whole unit of the currency.
import type { OfferData } from './contract.ts';

export type Offer =
  /** Power from the balcony, for homes where somebody is in by day. */
  | { readonly id: 'solar'; readonly reason: 'home'; readonly price: number; readonly saving: number }
  /** The price per kWh stays for two years, for those whose price rose. `price` is that of a kWh. */
  | { readonly id: 'fix'; readonly reason: 'rise'; readonly price: number; readonly saving: number }
  /**
   * Somebody comes and looks, for those who use much: in winter, for their number, or in one month; and for those of whom
   * little is known. A saving of 0 means that nobody can tell yet.
   */
  | {
      readonly id: 'check';
      readonly reason: Visit;
      readonly price: number;
      readonly saving: number;
    };

type Visit = 'winter' | 'typical' | 'peak' | 'new';

export interface Usage {
  /** The newest twelve months, oldest first. */
  readonly months: readonly { readonly month: string; readonly kwh: number }[];
  readonly total: number;
  /** What a household of this size uses in a year. */
  readonly typical: number;
  /** Means of December to February, and of June to August. */
  readonly winter: number;
  readonly summer: number;
}

/** Minor units, once. The kit and the visit cost what they cost in each country. */
const kit = { EUR: 49_900, CHF: 54_900, GBP: 44_900 } as const;
const visit = { EUR: 4_900, CHF: 5_900, GBP: 4_500 } as const;
/** By number of people, on the careful side; each one more adds the last step. */
const typicalKwh = [1500, 2500, 3400, 4000, 4700] as const;
/** What 800 watts on a balcony yield in a year, and how much of it a home uses itself. */
const yieldKwh = 560;
const usedShare = (people: number) => Math.min(0.9, 0.4 + 0.08 * people);
const fixedShare = 0.97;
/** Below this (5 in the currency's unit) nobody should be bothered. */
const leastSaving = 500;
/** Below this in a year hardly anybody lives there yet. */
const leastKwh = 600;

/** The one that saves most of those whose reason holds; a look at the home where none does. */
export function chooseOffer(data: OfferData): Offer {
  const usage = usageOf(data);
  const fitting = [solar(data, usage), fix(data, usage), check(data, usage)].filter(
    (it) => it !== null && it.saving >= leastSaving,
  );
  const best = fitting.sort((a, b) => (b?.saving ?? 0) - (a?.saving ?? 0)).at(0);
  if (best) return best;
  return usage.total < leastKwh ? visitFor('new', 0, data) : visitFor('peak', usage.total * 0.05, data);
}

export function usageOf({ readings, householdSize }: OfferData): Usage {
  const months = readings.slice(-12);
  const mean = (numbers: readonly string[]) => {
    const some = months.filter((it) => numbers.includes(it.month.slice(5)));
    return some.reduce((sum, it) => sum + it.kwh, 0) / Math.max(1, some.length);
  };
  const last = typicalKwh.length;
  const typical =
    (typicalKwh[Math.min(householdSize, last) - 1] ?? 0) + Math.max(0, householdSize - last) * 600;
  return {
    months,
    total: months.reduce((sum, it) => sum + it.kwh, 0),
    typical,
    winter: mean(['12', '01', '02']),
    summer: mean(['06', '07', '08']),
  };
}

function solar(data: OfferData, { summer }: Usage): Offer | null {
  // Who uses little in summer gives most of the sun away.
  if (data.householdSize < 3 || summer < 120) return null;
  const saving = whole(yieldKwh * usedShare(data.householdSize) * data.pricePerKwh);
  return { id: 'solar', reason: 'home', price: kit[data.currency], saving };
}

function fix(data: OfferData, { total }: Usage): Offer | null {
  const rise = data.pricePerKwh / data.previousPricePerKwh - 1;
  if (rise < 0.01 || /\bfix\b/i.test(data.tariff)) return null;
  const price = Math.round(data.pricePerKwh * fixedShare * 100) / 100;
  return { id: 'fix', reason: 'rise', price, saving: whole(total * (data.pricePerKwh - price)) };
}

function check(data: OfferData, usage: Usage): Offer | null {
  const { months, total, typical, winter, summer } = usage;
  if (winter >= 2 * summer && summer > 0) {
    const heating = months.reduce((sum, it) => sum + Math.max(0, it.kwh - summer), 0);
    return visitFor('winter', heating * 0.12, data);
  }
  return total >= typical * 1.15 ? visitFor('typical', total * 0.08, data) : null;
}

function visitFor(reason: Visit, kwh: number, data: OfferData): Offer {
  return { id: 'check', reason, price: visit[data.currency], saving: whole(kwh * data.pricePerKwh) };
}

function whole(minor: number): number {
  return Math.round(minor / 100) * 100;
}
