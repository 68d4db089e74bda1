// Enters: the figures and a voice. Leaves: the words that only the film shows or says. Never: a figure that is not in the view already.
// What a narrator says depends on a few cases, never on an amount: films that sound alike share their sound.
import type { Presentation, Say } from 'dearly/author';
import type { StatementData, StatementViewInput } from './contract.ts';

type Direction = 'more' | 'less' | 'same';

interface Told {
  readonly first: string;
  readonly usage: StatementViewInput['usage'];
  readonly cost: StatementViewInput['cost'];
  readonly reasons: StatementViewInput['reasons'];
  readonly price: Direction;
  /** ISO days and months. */
  readonly payBy: string;
  readonly planFrom: string;
  readonly plan: Direction;
}

export function filmWords(
  told: Told,
  say: Presentation<StatementData>['say'],
): Omit<StatementViewInput['video'], 'reasonsTitle'> {
  const { first, usage, cost } = told;
  const named = { named: first === '' ? 'no' : 'yes', name: first };
  return {
    title: say.t('video.title'),
    intro: say.t('video.intro'),
    yearTitle: say.t('video.yearTitle'),
    yearText: say.t('video.yearText'),
    daylight: say.t('video.daylight'),
    usageTitle: say.t('video.usageTitle'),
    usageCaption: say.t('video.usageCaption', { total: usage.total }),
    billTitle: say.t('video.billTitle'),
    bill: {
      usage: say.t('video.bill.usage'),
      price: say.t('video.bill.price'),
      fee: say.t('video.bill.fee'),
      energyHow: say.t('video.bill.energyHow'),
      feeHow: say.t('video.bill.feeHow'),
    },
    costTitle: say.t('video.costTitle'),
    costCaption: say.t('video.costCaption', { total: cost.total }),
    whyTitle: say.t('video.whyTitle'),
    why: whyOf(told, say),
    whyText: [
      ...told.reasons.map(({ label, amount, detail }) => say.t('video.whyLine', { label, amount, detail })),
      `${say.t('reasons.sum')}: ${cost.difference}`,
    ].join('\n'),
    tipsTitle: say.t('video.tipsTitle'),
    ask: {
      goal: say.t('video.ask.goal'),
      bill: say.t('video.ask.bill'),
      why: say.t('video.ask.why'),
      reasons: say.t('video.ask.reasons'),
      meter: say.t('video.ask.meter'),
      clear: say.t('video.ask.clear'),
    },
    goals: {
      save: goalOf('save', say),
      green: goalOf('green', say),
      certain: goalOf('certain', say),
      simple: goalOf('simple', say),
    },
    balanceTitle: say.t(`video.balance.${cost.balanceKind}`),
    balanceWhen: say.t(`video.balanceWhen.${cost.balanceKind}`, { date: say.date(told.payBy, 'day') }),
    planTitle: say.t('video.plan'),
    planFrom:
      told.plan === 'same'
        ? say.t('video.planSame')
        : say.t('video.planFrom', { from: say.date(told.planFrom, 'monthYear') }),
    closingText: say.t('video.closingText'),
    closingNote: say.t('video.closingNote'),
    tariffLink: say.t('tariff.link'),
    thisYear: say.t('thisYear'),
    lastYear: say.t('lastYear'),
    posterAlt: say.t('poster.alt', named),
    said: {
      usage: say.t(`video.say.usage.${usage.direction}`),
      bill: say.t('video.say.bill'),
      cost: say.t(`video.say.cost.${cost.direction}`),
      why: say.t('video.say.why', {
        price: say.t(`video.why.price.${told.price}`),
        usage: say.t(`video.why.usage.${usage.direction}`),
      }),
      tips: say.t('video.say.tips'),
      balance: say.t(`video.say.balance.${cost.balanceKind}`),
    },
  };
}

function goalOf(id: string, say: Say): StatementViewInput['video']['goals']['save'] {
  return { tipsTitle: say.t(`video.goal.${id}.tips`), note: say.t(`video.goal.${id}.note`) };
}

function whyOf({ price, usage }: Told, say: Say): StatementViewInput['video']['why'] {
  return [
    {
      id: 'price',
      label: say.t('video.why.price'),
      word: say.t(`video.why.price.${price}`),
      direction: price,
    },
    {
      id: 'usage',
      label: say.t('video.why.usage'),
      word: say.t(`video.why.usage.${usage.direction}`),
      direction: usage.direction,
    },
  ];
}
