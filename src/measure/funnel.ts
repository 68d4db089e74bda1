// Enters: counts of ledger rows and events. Leaves: Funnel, how far people came, and machines apart from them.
// Never: a person. Only counts enter this room.

/** Distinct snapshots per kind of event, people and machines apart. */
export interface EventCount {
  readonly kind: string;
  readonly machine: boolean;
  readonly snapshots: number;
}

export interface FunnelStep {
  readonly step: 'planned' | 'accepted' | 'opened' | 'visited' | 'watched' | 'clicked' | 'answered';
  readonly people: number;
  /** Of the step it is a part of: the planned for `accepted`, the accepted for what follows. Null where there were none. */
  readonly share: number | null;
}

export interface Funnel {
  readonly steps: readonly FunnelStep[];
  readonly unsubscribed: number;
  /** Hits by scanners and prefetchers, by kind; in none of the steps. */
  readonly machines: Readonly<Record<string, number>>;
}

const steps = [
  ['opened', 'open'],
  ['visited', 'visit'],
  ['watched', 'video-start'],
  ['clicked', 'click'],
  ['answered', 'answer'],
] as const;

export function funnel(
  ledger: { readonly total: number; readonly byState: Readonly<Partial<Record<string, number>>> },
  events: readonly EventCount[],
): Funnel {
  const people = new Map(events.filter((it) => !it.machine).map((it) => [it.kind, it.snapshots]));
  const accepted = ledger.byState.accepted ?? 0;
  const shareOf = (count: number) => (accepted === 0 ? null : Math.min(1, count / accepted));
  return {
    steps: [
      { step: 'planned', people: ledger.total, share: null },
      { step: 'accepted', people: accepted, share: accepted === 0 ? null : accepted / ledger.total },
      ...steps.map(([step, kind]) => {
        const count = people.get(kind) ?? 0;
        return { step, people: count, share: shareOf(count) };
      }),
    ],
    unsubscribed: people.get('unsubscribe') ?? 0,
    machines: Object.fromEntries(events.filter((it) => it.machine).map((it) => [it.kind, it.snapshots])),
  };
}
