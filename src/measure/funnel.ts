// Enters: Figures, the counts of a run or of a part of it. Leaves: Funnel, how far people came, and machines apart from them.
// Never: a person, or a share of people who could not be seen.
import { addUp, type DeedCount, type Figures } from './cell.ts';
import { type Interval, wilson } from './proportion.ts';

/** In the order in which they are told. */
export const steps = [
  'planned',
  'sent',
  'accepted',
  'bounced',
  'opened',
  'clicked',
  'visited',
  'played',
  'watched-25',
  'watched-50',
  'watched-75',
  'watched-100',
  'interacted',
  'answered',
  'converted',
  'unsubscribed',
  'complained',
] as const;
export type Step = (typeof steps)[number];

/**
 * Whom a step is a share of. `tracked` are those of the accepted who had agreed to be counted when they were written to: nobody
 * else is ever seen opening or playing. What people say or do on purpose (answers, conversions, a no) is of all accepted.
 */
export type Whole = 'planned' | 'sent' | 'accepted' | 'tracked';

export interface FunnelStep {
  readonly step: Step;
  /** Distinct people, each once, machines left out. */
  readonly people: number;
  /** Null for the first. */
  readonly of: Whole | null;
  /** How many those are. */
  readonly among: number | null;
  /** 0 … 1; null where there is nobody. */
  readonly share: number | null;
  /** Of the share, 95 % (Wilson); null where it is no estimate: what was sent was sent. */
  readonly interval: Interval | null;
  /** People whose scanner or prefetcher did it, whether or not they did, too; null where no machine can. */
  readonly machines: number | null;
  /** People seen who agreed only later, on the page. They are in no share: only those who come can agree there. */
  readonly later: number;
}

export interface Funnel {
  readonly steps: readonly FunnelStep[];
}

const seen = [
  ['opened', 'open'],
  ['clicked', 'click'],
  ['visited', 'visit'],
  ['played', 'video-start'],
  ['watched-25', 'video-start', 25],
  ['watched-50', 'video-start', 50],
  ['watched-75', 'video-start', 75],
  ['watched-100', 'video-start', 100],
  ['interacted', 'interaction'],
] as const;

/** @param planned the run's whole audience; null for a part of it, which begins with what was sent */
export function funnel(figures: Figures, planned: number | null): Funnel {
  const inState = (state: string) => figures.sent.filter((it) => it.state === state);
  const sent = addUp(figures.sent, (it) => it.people);
  const accepted = addUp(inState('accepted'), (it) => it.people);
  const tracked = addUp(inState('accepted'), (it) => it.tracked);
  const bounced = addUp(inState('bounced'), (it) => it.people);
  const converted = addUp(figures.values, (it) => (it.currency === null ? it.people : 0));
  const said = (deed: string) => addUp(people(figures, deed), (it) => it.people);
  const ofAccepted = (step: Step, count: number) => estimate(step, count, 'accepted', accepted);
  return {
    steps: [
      ...(planned === null ? [] : [fact('planned', planned, null, null)]),
      planned === null ? fact('sent', sent, null, null) : fact('sent', sent, 'planned', planned),
      fact('accepted', accepted, 'sent', sent),
      fact('bounced', bounced, 'sent', sent),
      ...seen.map(([step, deed, least = 0]) => {
        const them = figures.deeds.filter((it) => it.deed === deed && (it.mark ?? 0) >= least);
        const human = them.filter((it) => !it.machine);
        const counted = addUp(human, (it) => (it.tracked ? it.people : 0));
        return {
          ...estimate(step, counted, 'tracked', tracked),
          machines: addUp(them, (it) => (it.machine ? it.people : 0)),
          later: addUp(human, (it) => (it.tracked ? 0 : it.people)),
        };
      }),
      { ...ofAccepted('answered', said('answer')), machines: machines(figures, 'answer') },
      ofAccepted('converted', converted),
      { ...ofAccepted('unsubscribed', said('unsubscribe')), machines: machines(figures, 'unsubscribe') },
      ofAccepted('complained', said('complaint')),
    ],
  };
}

export function stepOf({ steps }: Funnel, step: Step): FunnelStep | undefined {
  return steps.find((it) => it.step === step);
}

function people({ deeds }: Figures, deed: string): DeedCount[] {
  return deeds.filter((it) => it.deed === deed && !it.machine);
}

function machines({ deeds }: Figures, deed: string): number {
  return addUp(deeds, (it) => (it.deed === deed && it.machine ? it.people : 0));
}

function fact(step: Step, people: number, of: Whole | null, among: number | null): FunnelStep {
  const share = among ? people / among : null;
  return { step, people, of, among, share, interval: null, machines: null, later: 0 };
}

function estimate(step: Step, people: number, of: Whole, among: number): FunnelStep {
  const interval = among === 0 ? null : wilson({ people: among, hits: people });
  return { ...fact(step, people, of, among), interval };
}
