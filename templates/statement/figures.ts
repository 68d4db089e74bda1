// Enters: a customer's data. Leaves: Figures, every sum of the statement. Never: a word, a format, or a fraction of a cent.
// All money is in whole minor units, so the parts of each sum add up exactly to what stands under the line.
import type { StatementData } from './contract.ts';

export interface MonthFigures {
  /** ISO month. */
  readonly month: string;
  readonly kwh: number;
  readonly previousKwh: number;
}

export interface YearCost {
  readonly kwh: number;
  readonly energy: number;
  readonly baseFee: number;
  /** `energy` + `baseFee`. */
  readonly total: number;
}

export interface Figures {
  readonly months: readonly MonthFigures[];
  readonly days: number;
  readonly now: YearCost;
  readonly before: YearCost;
  /** `now.total` − `before.total`. */
  readonly difference: number;
  /** The difference by cause; the three add up to it. */
  readonly reasons: { readonly price: number; readonly usage: number; readonly baseFee: number };
  readonly paid: number;
  /** `paid` − `now.total`: above zero the customer gets money back. */
  readonly balance: number;
  /** Next year's monthly payment, in whole units of the currency. */
  readonly monthly: number;
}

export function figuresOf(data: StatementData): Figures {
  // Whole kWh per month, as a meter shows them: so the months of the table add up to the total that is billed.
  const readings = data.readings.map((it) => ({ month: it.month, kwh: Math.round(it.kwh) }));
  const before = readings.slice(0, 12);
  const months = readings.slice(12).map((it, index) => ({ ...it, previousKwh: before[index]?.kwh ?? 0 }));

  const now = yearCost(sum(months.map((it) => it.kwh)), data.pricePerKwh, data.baseFee);
  const then = yearCost(sum(before.map((it) => it.kwh)), data.previousPricePerKwh, data.previousBaseFee);
  const paid = 12 * data.monthlyPayment;
  return {
    months,
    days: daysBetween(months[0]?.month ?? '', months.at(-1)?.month ?? ''),
    now,
    before: then,
    difference: now.total - then.total,
    reasons: reasonsOf(data, now, then),
    paid,
    balance: paid - now.total,
    monthly: Math.ceil(now.total / 1200) * 100,
  };
}

function yearCost(kwh: number, pricePerKwh: number, monthlyFee: number): YearCost {
  const energy = Math.round(kwh * pricePerKwh);
  const baseFee = 12 * monthlyFee;
  return { kwh, energy, baseFee, total: energy + baseFee };
}

/** Usage at the old price, the rest of the energy is the price's doing: rounding never falls between two stools. */
function reasonsOf(data: StatementData, now: YearCost, before: YearCost): Figures['reasons'] {
  const energy = now.energy - before.energy;
  const samePrice = data.pricePerKwh === data.previousPricePerKwh;
  const usage = samePrice ? energy : Math.round((now.kwh - before.kwh) * data.previousPricePerKwh);
  return { usage, price: energy - usage, baseFee: now.baseFee - before.baseFee };
}

/** Of whole months, the last one included. */
function daysBetween(first: string, last: string): number {
  return (startOf(last, 1) - startOf(first, 0)) / 86_400_000;
}

function startOf(month: string, later: number): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + later);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
