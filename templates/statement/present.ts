// Enters: a person, their data and a voice in their language. Leaves: the view, strings ready to show in every channel.
// Never: arithmetic on money (that is figures.ts) or words (those are messages/).
import type { Presentation, Say } from 'dearly/author';
import type { StatementData, StatementViewInput } from './contract.ts';
import { type Figures, figuresOf } from './figures.ts';
import { filmWords } from './film-words.ts';
import { bestTips } from './tips.ts';

type Direction = 'more' | 'less' | 'same';

export function present({ person, data, asOf, say }: Presentation<StatementData>): StatementViewInput {
  const figures = figuresOf(data);
  const first = person.firstName.trim();
  const due = payBy(asOf);
  const planFrom = monthAfter(asOf);
  const tips = bestTips(data, figures);
  const saving = tips.reduce((total, tip) => total + tip.saving, 0);
  const usage = usageOf(figures, say);
  const cost = costOf(data, figures, due, say);
  const reasons = reasonsOf(data, figures, say);
  const named = { named: first === '' ? 'no' : 'yes', name: first };
  return {
    subject: say.t(`subject.${cost.balanceKind}`, { ...named, amount: cost.balance }),
    person: {
      name: `${first} ${person.lastName.trim()}`.trim(),
      firstName: first,
      customerNumber: person.externalId,
      city: data.city,
    },
    greeting: say.t('greeting', named),
    period: periodOf(figures, say),
    issuedOn: say.date(asOf, 'day'),
    tariff: data.tariff,
    usage,
    cost,
    reasons,
    tips: tips.map(({ id, saving }) => ({
      id,
      title: say.t(`tips.${id}.title`),
      text: say.t(`tips.${id}.text`),
      ...savingOf(saving, data, say),
    })),
    savingTotal: say.t('about', { amount: say.money(saving, data.currency, { whole: true }) }),
    plan: planOf(data, figures, planFrom, say),
    meter: meterOf(data, say),
    video: {
      ...filmWords(
        {
          first,
          usage,
          cost,
          reasons,
          price: directionOf(data.pricePerKwh - data.previousPricePerKwh),
          payBy: due,
          planFrom,
          plan: directionOf(figures.monthly - data.monthlyPayment),
        },
        say,
      ),
      reasonsTitle: say.t(`video.reasonsTitle.${directionOf(figures.difference)}`),
    },
    tariffUrl: `https://nordlicht.example/${say.lang}/tariff`,
    contactUrl: `https://nordlicht.example/${say.lang}/contact`,
  };
}

function savingOf(minor: number, { currency }: StatementData, say: Say) {
  const saving = say.t('about', { amount: say.money(minor, currency, { whole: true }) });
  return { saving, gain: say.t('video.gain', { amount: saving }) };
}

function periodOf({ months }: Figures, say: Say): string {
  const from = say.date(months[0]?.month ?? '', 'monthYear');
  return say.t('period', { from, to: say.date(months.at(-1)?.month ?? '', 'monthYear') });
}

function usageOf({ months, now, before, days }: Figures, say: Say): StatementViewInput['usage'] {
  const kwh = (value: number, digits = 0) => say.t('kwh', { value: say.number(value, { digits }) });
  const most = Math.max(...months.map((it) => it.kwh));
  const tallest = Math.max(most, ...months.map((it) => it.previousKwh));
  const peak = months.findIndex((it) => it.kwh === most);
  const shareOf = (value: number) => (tallest === 0 ? 0 : Math.round((value / tallest) * 10_000) / 10_000);
  const change = before.kwh === 0 ? null : (now.kwh - before.kwh) / before.kwh;
  // Half a percent is no change that anybody feels, and would read "0 % more".
  const direction = change !== null && Math.abs(change) < 0.005 ? 'same' : directionOf(now.kwh - before.kwh);
  return {
    total: kwh(now.kwh),
    previous: kwh(before.kwh),
    change: change === null ? '–' : say.percent(direction === 'same' ? 0 : change, { signed: true }),
    direction,
    sentence:
      change === null
        ? say.t('usage.sentence.first', { total: kwh(now.kwh) })
        : say.t(`usage.sentence.${direction}`, { percent: say.percent(Math.abs(change)) }),
    perDay: kwh(now.kwh / days, 1),
    peak: say.date(months[peak]?.month ?? '', 'monthYear'),
    months: months.map((it, index) => ({
      short: say.date(it.month, 'monthShort'),
      name: say.date(it.month, 'monthYear'),
      kwh: say.number(it.kwh),
      previousKwh: say.number(it.previousKwh),
      share: shareOf(it.kwh),
      previousShare: shareOf(it.previousKwh),
      isPeak: index === peak,
      daylight: daylightIn(it.month),
    })),
  };
}

function costOf(data: StatementData, figures: Figures, due: string, say: Say): StatementViewInput['cost'] {
  const { now, before, difference, paid } = figures;
  const money = (minor: number) => say.money(minor, data.currency);
  const kind = figures.balance > 0 ? 'credit' : figures.balance < 0 ? 'due' : 'even';
  const balance = money(Math.abs(figures.balance));
  const direction = directionOf(difference);
  return {
    total: money(now.total),
    previous: money(before.total),
    difference: say.money(difference, data.currency, { signed: true }),
    direction,
    sentence: say.t(`cost.sentence.${direction}`, { amount: money(Math.abs(difference)) }),
    energyLabel: say.t('cost.energy'),
    baseFeeLabel: say.t('cost.baseFee'),
    energy: money(now.energy),
    energyDetail: say.t('cost.energyDetail', {
      kwh: say.number(now.kwh),
      price: price(data.pricePerKwh, data, say),
    }),
    energyShare: now.total === 0 ? 0 : Math.round((now.energy / now.total) * 10_000) / 10_000,
    baseFee: money(now.baseFee),
    baseFeeDetail: say.t('cost.baseFeeDetail', { fee: money(data.baseFee) }),
    paid: money(paid),
    balance,
    balanceKind: kind,
    balanceSentence: say.t(`cost.balance.${kind}`, {
      amount: balance,
      date: say.date(due, 'day'),
    }),
  };
}

function reasonsOf(data: StatementData, figures: Figures, say: Say): StatementViewInput['reasons'] {
  const { price: byPrice, usage: byUsage, baseFee: byFee } = figures.reasons;
  const extraKwh = figures.now.kwh - figures.before.kwh;
  const most = Math.max(...[byPrice, byUsage, byFee].map(Math.abs));
  const reason = (
    id: 'price' | 'usage' | 'base-fee',
    amount: number,
    step: number,
    words: Record<string, string>,
  ) => ({
    id,
    label: say.t(`reasons.${id}.label`),
    amount: say.money(amount, data.currency, { signed: true }),
    detail: say.t(`reasons.${id}.${directionOf(step)}`, words),
    direction: directionOf(amount),
    share: most === 0 ? 0 : Math.round((Math.abs(amount) / most) * 10_000) / 10_000,
    weight: Math.abs(amount),
  });
  const money = (minor: number) => say.money(minor, data.currency);
  return [
    reason('price', byPrice, data.pricePerKwh - data.previousPricePerKwh, {
      before: price(data.previousPricePerKwh, data, say),
      now: price(data.pricePerKwh, data, say),
    }),
    reason('usage', byUsage, extraKwh, { kwh: say.number(Math.abs(extraKwh)) }),
    reason('base-fee', byFee, data.baseFee - data.previousBaseFee, {
      before: money(data.previousBaseFee),
      now: money(data.baseFee),
    }),
  ]
    .sort((a, b) => b.weight - a.weight)
    .map(({ weight: _, ...shown }) => shown);
}

function meterOf({ meter }: StatementData, say: Say): StatementViewInput['meter'] {
  return meter === undefined ? { shown: '' } : { last: meter.reading, shown: say.number(meter.reading) };
}

function planOf(
  data: StatementData,
  { monthly }: Figures,
  planFrom: string,
  say: Say,
): StatementViewInput['plan'] {
  const step = monthly - data.monthlyPayment;
  const neat = (minor: number) => say.money(minor, data.currency, { whole: minor % 100 === 0 });
  return {
    monthly: neat(monthly),
    sentence: say.t(`plan.${directionOf(step)}`, {
      from: say.date(planFrom, 'monthYear'),
      monthly: neat(monthly),
      step: neat(Math.abs(step)),
    }),
  };
}

/** "32,45 ct": the currency's small unit has no place in Intl. */
function price(minor: number, data: StatementData, say: Say): string {
  return say.t(`price.${data.currency}`, { value: say.number(minor, { digits: 2 }) });
}

function directionOf(step: number): Direction {
  return step > 0 ? 'more' : step < 0 ? 'less' : 'same';
}

/** From 0 in December to 1 in June. */
function daylightIn(isoMonth: string): number {
  const month = Number(isoMonth.slice(5));
  return Math.round((0.5 - 0.5 * Math.cos((month / 12) * 2 * Math.PI)) * 1000) / 1000;
}

/** Two weeks later. */
function payBy(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + 14 * 86_400_000).toISOString().slice(0, 10);
}

function monthAfter(iso: string): string {
  const [year = 0, month = 0] = iso.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7);
}
