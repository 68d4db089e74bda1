import type { FunnelStep, Step } from '../../measure/funnel.ts';

export const stepWords: Readonly<Record<Step, string>> = {
  planned: 'Planned',
  sent: 'Sent',
  accepted: 'Accepted',
  bounced: 'Bounced',
  opened: 'Opened',
  clicked: 'Clicked',
  visited: 'Visited',
  played: 'Played',
  'watched-25': 'Watched 25 %',
  'watched-50': 'Watched 50 %',
  'watched-75': 'Watched 75 %',
  'watched-100': 'Watched to the end',
  interacted: 'Interacted',
  answered: 'Answered',
  converted: 'Converted',
  unsubscribed: 'Unsubscribed',
  complained: 'Complained',
};

export const many = (value: number) => value.toLocaleString('en-US');

export function percent(share: number): string {
  if (share > 0.9995 && share < 1) return '>99.9 %';
  if (share > 0 && share < 0.0005) return '<0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** `Opened: 410 of 980, 41.8 %, 95 % between 38.8 % and 44.9 %` */
export function inWords({ step, people, among, share, interval }: FunnelStep): string {
  const of = among === null ? '' : ` of ${many(among)}`;
  const part = share === null ? '' : `, ${percent(share)}`;
  const range =
    share === null || interval === null
      ? ''
      : `, 95 % between ${percent(interval.low)} and ${percent(interval.high)}`;
  return `${stepWords[step]}: ${many(people)}${of}${part}${range}`;
}
