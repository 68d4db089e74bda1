import { type ArmCount, addUp } from '../../measure/cell.ts';
import { type Measured, measured, type Uplift, upliftOf } from '../../measure/uplift.ts';
import { type ValueUplift, valueUplift } from '../../measure/value.ts';
import type { Tally } from '../ledger.ts';
import type { Counts, VariantTally } from './counts.ts';

/** People, and those of them who converted. */
export interface HoldoutReport {
  readonly share: number;
  readonly heldOut: Measured;
  /** Everyone else whom the audience meant, reached or not: among those held out are some, too, who would not have been reached. */
  readonly others: Measured;
  /** Those of the others whose message was accepted. Not to be compared with `heldOut`: who can be reached is no lot. */
  readonly writtenTo: Measured;
  /** Of `others` over `heldOut`. */
  readonly uplift: Uplift;
  /** The same in money, by currency: what a person was worth, whether they converted or not. */
  readonly values: readonly ValueUplift[];
}

export function holdoutOf(
  share: number,
  tally: Tally,
  tallies: readonly VariantTally[],
  converted: Awaited<ReturnType<Counts['converted']>>,
  arms: readonly ArmCount[],
): HoldoutReport | null {
  const people = tally.skipped.holdout ?? 0;
  if (people === 0) return null;
  const heldOut = { people, hits: converted.heldOut };
  const others = { people: tally.total - people, hits: converted.others };
  const writtenTo = {
    people: addUp(tallies, (it) => it.accepted),
    hits: addUp(tallies, (it) => it.converted),
  };
  return {
    share,
    heldOut: measured(heldOut),
    others: measured(others),
    writtenTo: measured(writtenTo),
    uplift: upliftOf(others, heldOut),
    values: valueUplift(arms, { heldOut: people, others: others.people }),
  };
}
