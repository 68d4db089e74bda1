import { defineComposition, type PropsOf, type Scene, type Utterance } from 'dearly/author';
import contract, { type StatementView } from '../../templates/statement/contract.ts';
import { callByName } from '../kit/call-by-name.ts';
import { sentences } from '../kit/sentences.ts';
import { closingByGoal, tipsByGoal } from './follow-goal.ts';

// What only one person has (greeting aside: usage, cost, balance) stands in short scenes that end at rest. All others are drawn
// once for everybody who speaks the language, or once for each of a handful of cases.
const scenes = [
  {
    id: 'opening',
    durationInFrames: 88,
    reads: ({ period, video }) => ({ title: video.title, period }),
    chapter: ({ video }) => video.title,
    caption: ({ period, video }) => sentences(video.title, period),
    narration: ({ video }) => says(video.title),
  },
  {
    id: 'greeting',
    durationInFrames: 72,
    reads: ({ greeting, period, video }) => ({ greeting, period, title: video.title, intro: video.intro }),
    chapter: ({ greeting }) => greeting,
    caption: ({ greeting, video }) => sentences(greeting, video.intro),
    narration: ({ greeting, person }) => [callByName(greeting, person.firstName)],
  },
  {
    id: 'year',
    durationInFrames: 76,
    reads: ({ usage, video }) => ({
      title: video.yearTitle,
      text: video.yearText,
      daylight: video.daylight,
      months: usage.months.map(({ short, daylight }) => ({ short, share: daylight })),
    }),
    chapter: ({ video }) => video.yearTitle,
    caption: ({ video }) => sentences(video.yearTitle, video.yearText),
    narration: ({ video }) => says(video.yearText),
    interactions: ({ video }) => [
      { kind: 'choice', label: video.ask.goal, form: 'goal', from: 30, until: 76 },
    ],
  },
  {
    id: 'usage',
    durationInFrames: 78,
    reads: ({ usage, video }) => ({
      title: video.usageTitle,
      total: usage.total,
      sentence: usage.sentence,
      thisYear: video.thisYear,
      lastYear: video.lastYear,
      months: usage.months.map(({ short, kwh, share, previousShare, isPeak }) => ({
        short,
        kwh,
        share,
        previousShare,
        isPeak,
      })),
    }),
    chapter: ({ video }) => video.usageTitle,
    caption: ({ usage, video }) => sentences(video.usageCaption, usage.sentence),
    narration: ({ video }) => says(video.said.usage),
  },
  {
    id: 'bill',
    durationInFrames: 92,
    reads: ({ cost, video }) => ({
      title: video.billTitle,
      words: video.bill,
      energyLabel: cost.energyLabel,
      baseFeeLabel: cost.baseFeeLabel,
    }),
    chapter: ({ video }) => video.billTitle,
    narration: ({ video }) => says(video.said.bill),
  },
  {
    id: 'cost',
    durationInFrames: 64,
    reads: ({ cost, video }) => ({
      title: video.costTitle,
      total: cost.total,
      sentence: cost.sentence,
      energy: {
        label: cost.energyLabel,
        amount: cost.energy,
        detail: cost.energyDetail,
        share: cost.energyShare,
      },
      baseFee: { label: cost.baseFeeLabel, amount: cost.baseFee, detail: cost.baseFeeDetail },
    }),
    chapter: ({ video }) => video.costTitle,
    caption: ({ cost, video }) => sentences(video.costCaption, cost.sentence),
    narration: ({ video }) => says(video.said.cost),
    interactions: ({ video }) => [
      { kind: 'branch', label: video.ask.bill, scene: 'bill', from: 8, until: 64 },
    ],
  },
  {
    id: 'reasons',
    durationInFrames: 92,
    reads: ({ video }) => ({ title: video.whyTitle, levers: video.why }),
    chapter: ({ video }) => video.whyTitle,
    caption: ({ video }) =>
      sentences(video.whyTitle, ...video.why.map(({ label, word }) => `${label}: ${word}`)),
    narration: ({ video }) => says(video.said.why),
    interactions: ({ video }) => [
      {
        kind: 'reveal',
        label: video.ask.why,
        title: video.reasonsTitle,
        text: video.whyText,
        from: 24,
        until: 92,
      },
    ],
  },
  {
    id: 'tips',
    durationInFrames: 110,
    // By id, not by what they save: the same three are one film for all who get them.
    reads: ({ tips, video }) => ({
      title: video.tipsTitle,
      tips: tips.map(({ id, title, text }) => ({ id, title, text })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    }),
    chapter: ({ video }) => video.tipsTitle,
    caption: ({ tips, video }) =>
      sentences(video.tipsTitle, tips.map((it) => `${it.title}: ${it.saving}`).join(', ')),
    narration: ({ video }) => says(video.said.tips),
    adapts: tipsByGoal,
  },
  {
    id: 'balance',
    durationInFrames: 72,
    reads: ({ cost, plan, video }) => ({
      balance: { title: video.balanceTitle, amount: cost.balance, note: video.balanceWhen },
      plan: { title: video.planTitle, amount: plan.monthly, note: video.planFrom },
    }),
    chapter: ({ video }) => video.balanceTitle,
    caption: ({ cost, plan }) => sentences(cost.balanceSentence, plan.sentence),
    narration: ({ video }) => says(video.said.balance),
    interactions: ({ video }) => [
      { kind: 'branch', label: video.ask.reasons, scene: 'reasons', from: 16, until: 72 },
      { kind: 'form', label: video.ask.meter, form: 'meter', from: 22, until: 72 },
    ],
  },
  {
    id: 'closing',
    durationInFrames: 80,
    reads: ({ video }) => ({ text: video.closingText, note: video.closingNote }),
    chapter: ({ video }) => video.closingText,
    caption: ({ video }) => sentences(video.closingText, video.closingNote),
    narration: ({ video }) => says(video.closingText),
    interactions: ({ video }) => [
      { kind: 'link', label: video.tariffLink, target: 'tariff', from: 24, until: 80 },
      { kind: 'rating', label: video.ask.clear, form: 'clear', from: 40, until: 80 },
    ],
    adapts: closingByGoal,
  },
] as const satisfies readonly Scene<StatementView>[];

/** What the component of scene `Id` gets: exactly what the scene reads. */
export type Shows<Id extends (typeof scenes)[number]['id']> = PropsOf<typeof scenes, Id>;

export default defineComposition({
  contract,
  formats: ['16:9', '1:1', '9:16'],
  fps: 30,
  music: 'bed.m4a',
  title: ({ video }) => video.title,
  poster: { scene: 'greeting', frame: 58 },
  scenes,
});

function says(text: string): readonly Utterance[] {
  return [{ say: sentences(text) }];
}
