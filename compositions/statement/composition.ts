import { defineComposition, type PropsOf, type Scene } from 'dearly/author';
import contract, { type StatementView } from '../../templates/statement/contract.ts';

const scenes = [
  {
    id: 'greeting',
    durationInFrames: 110,
    reads: ({ greeting, period, video }) => ({ greeting, period, title: video.title, intro: video.intro }),
    chapter: ({ video }) => video.title,
    caption: ({ greeting, video }) => sentences(greeting, video.intro),
  },
  {
    id: 'usage',
    durationInFrames: 160,
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
    caption: ({ usage, video }) => sentences(`${video.usageTitle}: ${usage.total}`, usage.sentence),
  },
  {
    id: 'cost',
    durationInFrames: 140,
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
    caption: ({ cost, video }) => sentences(`${video.costTitle}: ${cost.total}`, cost.sentence),
  },
  {
    id: 'reasons',
    durationInFrames: 150,
    reads: ({ reasons, cost, video }) => ({
      title: video.reasonsTitle,
      lastYear: { label: video.lastYear, amount: cost.previous },
      thisYear: { label: video.thisYear, amount: cost.total },
      difference: cost.difference,
      direction: cost.direction,
      reasons: reasons.map(({ label, detail, amount, direction, share }) => ({
        label,
        detail,
        amount,
        direction,
        share,
      })),
    }),
    chapter: ({ video }) => video.reasonsTitle,
    caption: ({ reasons, video }) =>
      sentences(video.reasonsTitle, reasons.map((it) => `${it.label}: ${it.amount}`).join(', ')),
  },
  {
    id: 'tips',
    durationInFrames: 160,
    reads: ({ tips, video }) => ({
      title: video.tipsTitle,
      tips: tips.map(({ title, text, saving }) => ({ title, text, saving })),
    }),
    chapter: ({ video }) => video.tipsTitle,
    caption: ({ tips, video }) =>
      sentences(video.tipsTitle, tips.map((it) => `${it.title}: ${it.saving}`).join(', ')),
  },
  {
    id: 'closing',
    durationInFrames: 120,
    reads: ({ cost, plan, video }) => ({
      title: video.closingTitle,
      balance: cost.balanceSentence,
      monthly: plan.monthly,
      plan: plan.sentence,
    }),
    chapter: ({ video }) => video.closingTitle,
    caption: ({ cost, plan, video }) => sentences(video.closingTitle, cost.balanceSentence, plan.sentence),
  },
] as const satisfies readonly Scene<StatementView>[];

/** What the component of scene `Id` gets: exactly what the scene reads. */
export type Shows<Id extends (typeof scenes)[number]['id']> = PropsOf<typeof scenes, Id>;

export default defineComposition({
  contract,
  formats: ['16:9', '1:1', '9:16'],
  fps: 30,
  title: ({ video }) => video.title,
  poster: { scene: 'greeting', frame: 88 },
  scenes,
});

const ends = new Set(['.', '!', '?', '…', ':']);

/** Joins parts to running text; each ends with the mark it has, or a full stop. */
function sentences(...parts: readonly string[]): string {
  return parts.map((part) => (ends.has(part.slice(-1)) ? part : `${part}.`)).join(' ');
}
