// Enters: a Report. Leaves: its variants side by side, step by step, with what may be chance. Never: two steps on one scale: few convert, many open.
import { scaleLinear } from 'd3-scale';
import { type FunnelStep, type Step, stepOf, steps } from '../../measure/funnel.ts';
import type { Report } from '../../run/campaign/report.ts';
import type { VariantReport } from '../../run/campaign/report-variants.ts';
import { inWords, many, percent, stepWords } from './step-words.ts';
import { clip, inner, pad, rect, svgOf, text, top, whisker, width } from './svg.ts';

const rowHeight = 38;
const headHeight = 48;
const names = 190;
const values = 190;
const bars = inner - names - values;

/** What variants are compared by: what comes before hangs on the draw and on mailboxes. */
const compared = steps.slice(steps.indexOf('opened'), steps.indexOf('unsubscribed') + 1);

export function drawVariants({ run, variants }: Pick<Report, 'run' | 'variants'>): string {
  const at = (variant: VariantReport, step: Step) => stepOf(variant.funnel, step);
  const told = compared.filter((step) => variants.some((it) => (at(it, step)?.people ?? 0) > 0));
  const winner = variants.find((it) => it.isWinner);
  const shapes: string[] = [];
  let y = top;
  for (const step of told) {
    const high = Math.max(...variants.map((it) => at(it, step)?.interval?.high ?? 0));
    const x = scaleLinear([0, high || 1], [0, bars]);
    const isSeen = at(variants[0] as VariantReport, step)?.of === 'tracked';
    shapes.push(text(pad, y + 30, stepWords[step], 'strong'));
    shapes.push(
      text(
        width - pad,
        y + 30,
        isSeen ? 'of those who had agreed to be counted' : 'of the accepted',
        'soft end wide',
      ),
    );
    y += headHeight;
    for (const variant of variants) {
      const one = at(variant, step);
      if (one) shapes.push(...row(variant, one, y, x, winner === undefined || variant.isWinner));
      y += rowHeight;
    }
  }
  if (told.length === 0) {
    shapes.push(text(pad, y + 30, 'Nobody has done anything yet.', 'soft'));
    y += headHeight;
  }
  return svgOf({
    title: `${run.name} ${run.occurrence}`,
    subtitle: `${variants.length === 1 ? '1 variant' : `${variants.length} variants`}${winner ? `, ${clip(winner.name, 24)} is the winner` : ''}`,
    description: variants
      .map((it) => `${it.name}${it.isWinner ? ' (winner)' : ''}: ${it.funnel.steps.map(inWords).join(', ')}.`)
      .join(' '),
    height: y + 24,
    shapes,
  });
}

function row(
  { name, isWinner }: VariantReport,
  { people, share, interval }: FunnelStep,
  y: number,
  x: (share: number) => number,
  isBright: boolean,
): string[] {
  const left = pad + names;
  return [
    text(pad, y + 17, clip(name, 14), isWinner ? 'strong' : ''),
    rect('track', left, y + 4, bars, 10),
    ...(share ? [rect(isBright ? 'bar' : 'other', left, y + 4, Math.max(2, x(share)), 10)] : []),
    ...(share !== null && interval ? [whisker(left + x(interval.low), left + x(interval.high), y + 21)] : []),
    text(width - pad, y + 17, share === null ? '–' : `${percent(share)}  ·  ${many(people)}`, 'end'),
  ];
}
