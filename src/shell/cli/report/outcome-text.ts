// Enters: what conversions were worth, what messages cost, what was answered. Leaves: lines for a terminal. Never: a currency turned into another.
import type { Chat } from '../../../measure/chat.ts';
import type { Cost } from '../../../measure/cost.ts';
import type { Outcome } from '../../../measure/outcome.ts';
import type { Reading } from '../../../measure/reading.ts';
import type { Survey, SurveyField } from '../../../measure/survey.ts';
import type { ValueUplift } from '../../../measure/value.ts';
import { bold, dim, many, printable, table } from '../paint.ts';
import { money, plainMoney, range, share, signed } from './figures.ts';

type Named = Pick<Outcome, 'values' | 'cost'> & { readonly name: string };

/** Everybody, and each variant where there are several. */
export function valuesText(all: Outcome, variants: readonly Named[]): string[] {
  const them: Named[] = [{ name: 'all', ...all }, ...(variants.length > 1 ? variants : [])];
  const rows = all.values.flatMap(({ currency }) =>
    them.flatMap(({ name, values }) => {
      const it = values.find((value) => value.currency === currency);
      if (it === undefined) return [[printable(name), currency, '0', '', '', '']];
      const amount = (text: string | null) => (text === null ? '–' : plainMoney(text, currency));
      return [
        [
          printable(name),
          currency,
          many(it.conversions),
          amount(it.sum),
          amount(it.perConversion),
          amount(it.perAccepted),
        ],
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [
    `  ${bold('value')}${dim(' of conversions since the message')}`,
    ...headed([['', '', 'conversions', 'sum', 'each', 'per message accepted'], ...rows], [0, 1]),
  ];
}

export function costText(cost: Cost | null, variants: readonly Named[]): string[] {
  if (cost === null) return [];
  const { currency } = cost;
  const them = [{ name: 'all', cost }, ...(variants.length > 1 ? variants : [])];
  const amount = (text: string | null) => (text === null ? '–' : money(text, currency).replace(/^\S+ /, ''));
  const rows = them.flatMap(({ name, cost: it }) =>
    it === null
      ? []
      : [
          [
            printable(name),
            many(it.messages),
            plainMoney(it.total, currency),
            amount(it.perClick),
            amount(it.perAnswer),
            amount(it.perConversion),
            it.return === null ? '–' : `${Number(it.return).toFixed(1)} ×`,
          ],
        ],
  );
  return [
    `  ${bold('cost')}${dim(`, at ${money(cost.perMessage, currency)} a message`)}`,
    ...headed([['', 'messages', currency, 'per click', 'per answer', 'per conversion', 'return'], ...rows]),
  ];
}

export function upliftText(values: readonly ValueUplift[]): string[] {
  return values.map(({ currency, difference, interval, isClear, isRough }) => {
    if (difference === null || interval === null) return `  In ${currency}: nobody to compare with.`;
    const sign = (amount: string) => (amount.startsWith('-') ? '' : '+') + plainMoney(amount, currency);
    const doubt = isRough ? '; so few conversions that the interval is rough' : '';
    const verdict = isClear ? '' : '; that may be chance';
    return `  In ${currency} per person: ${sign(difference)} (95 %: ${sign(interval.low)} to ${sign(interval.high)})${verdict}${doubt}.`;
  });
}

export function surveyText({ form, people, fields }: Survey): string[] {
  return [
    `  ${bold(printable(form))}${dim(`, ${many(people)} answered`)}`,
    ...table(fields.flatMap(fieldRows), [0, 1]).map((row) => `    ${row}`),
  ];
}

function fieldRows(it: SurveyField): string[][] {
  const name = printable(it.field);
  const people = `${many(it.people)} answers`;
  switch (it.type) {
    case 'nps':
      return [
        [
          name,
          `NPS ${signed(it.score)}`,
          `${signed(it.interval.low)} to ${signed(it.interval.high)}`,
          people,
        ],
        [
          '',
          `${many(it.promoters)} promoters, ${many(it.passives)} passives, ${many(it.detractors)} detractors`,
          '',
          '',
        ],
      ];
    case 'csat':
      return [
        [
          name,
          `CSAT ${share(it.share)} gave 4 or 5, mean ${it.mean.toFixed(2)} of 5`,
          range(it.interval),
          people,
        ],
      ];
    case 'ces':
      return [[name, `CES mean ${it.mean.toFixed(2)} of 7`, '', people]];
    case 'number':
      return [[name, `mean ${it.mean.toFixed(2)}`, '', people]];
    case 'choice':
      return it.options.map((option, at) => [
        at === 0 ? name : '',
        printable(option.option).slice(0, 40),
        range(option.interval),
        `${share(option.share)}, ${many(option.people)}`,
      ]);
    case 'given':
      return [[name, '', '', people]];
  }
}

export function pageText(reading: Reading, chat: Chat): string[] {
  const { people, medianSeconds, atLeast } = reading;
  const marks = atLeast.map((it) => `${many(it.people)} at least ${it.seconds} s`).join(', ');
  const median = medianSeconds
    ? `half of ${many(people)} read at least ${medianSeconds} s`
    : `of ${many(people)}`;
  const top = chat.top.slice(0, 5).map((it) => `${printable(it.answer)} ${many(it.questions)}`);
  return [
    ...(atLeast.length > 0 ? [`  ${bold('reading')}  ${median}${dim(`: ${marks}`)}`] : []),
    ...(chat.questions > 0
      ? [
          `  ${bold('chat')}     ${many(chat.questions)} questions by ${many(chat.people)}, ${share(chat.share ?? 0)} answered, ${many(chat.unanswered)} not`,
          ...(top.length > 0 ? [dim(`           ${top.join(', ')}`)] : []),
        ]
      : []),
  ];
}

function headed(rows: readonly (readonly string[])[], left?: readonly number[]): string[] {
  return table(rows, left).map((row, at) => `  ${at === 0 ? dim(row) : row}`);
}
