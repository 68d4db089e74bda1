// Enters: a Report. Leaves: its funnel as a picture: people as bars, whom they are a part of behind them, what may be chance below.
// Never: a figure that the report does not have.
import { scaleLinear } from 'd3-scale';
import { type FunnelStep, stepOf, type Whole } from '../../measure/funnel.ts';
import type { Report } from '../../run/campaign/report.ts';
import { inWords, many, percent, stepWords } from './step-words.ts';
import { inner, pad, rect, svgOf, text, top, whisker, width } from './svg.ts';

const rowHeight = 60;
const headHeight = 46;

const parts: readonly {
  readonly of: readonly (Whole | null)[];
  readonly title: (among: string) => string;
}[] = [
  { of: [null, 'planned', 'sent'], title: () => '' },
  { of: ['tracked'], title: (among) => `of ${among} who had agreed to be counted` },
  { of: ['accepted'], title: (among) => `of ${among} whose message was accepted` },
];

export function drawFunnel({ run, funnel }: Pick<Report, 'run' | 'funnel'>): string {
  const isPlayed = (stepOf(funnel, 'played')?.people ?? 0) > 0;
  const steps = funnel.steps.filter((it) => isPlayed || !it.step.startsWith('watched-'));
  const planned = stepOf(funnel, 'planned')?.people ?? 0;
  const shapes: string[] = [];
  let y = top;
  for (const { of, title } of parts) {
    const own = steps.filter((it) => of.includes(it.of));
    const whole = own[0]?.among ?? planned;
    const head = title(many(whole));
    const x = scaleLinear([0, Math.max(1, whole)], [0, inner]);
    if (head !== '') {
      shapes.push(text(pad, y + 26, head, 'soft'));
      y += headHeight;
    }
    for (const step of own) {
      shapes.push(...row(step, y, x));
      y += rowHeight;
    }
  }
  return svgOf({
    title: `${run.name} ${run.occurrence}`,
    subtitle: `${many(planned)} people, ${run.state}`,
    description: `${steps.map(inWords).join('. ')}.`,
    height: y + 8,
    shapes,
  });
}

function row(
  { step, people, among, share, interval, machines }: FunnelStep,
  y: number,
  x: (people: number) => number,
): string[] {
  const bar = people === 0 ? 0 : Math.max(2, x(people));
  const at = y + 30;
  const value = share === null ? many(people) : `${many(people)}  ·  ${percent(share)}`;
  return [
    text(pad, y + 20, stepWords[step], 'strong'),
    ...(machines ? [text(pad + 170, y + 20, `and ${many(machines)} by machines`, 'soft wide')] : []),
    text(width - pad, y + 20, value, 'end'),
    rect('track', pad, at, x(among ?? people), 10),
    ...(bar > 0 ? [rect('bar', pad, at, bar, 10)] : []),
    ...(interval && among && among > 0
      ? [whisker(pad + x(interval.low * among), pad + x(interval.high * among), at + 17)]
      : []),
  ];
}
