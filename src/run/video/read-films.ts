// Enters: a campaign, and whom it is for. Leaves: their storyboards, one after the other, and a count of who has none and why.
// Never: a write, a message, or an end because of one person's data.
import type { Campaign } from '../../campaign/campaign.ts';
import { assign } from '../../decide/assign.ts';
import { decide, type Member } from '../../decide/decide.ts';
import { mailAddress } from '../../deliver/mail-address.ts';
import { DearlyError, type FaultCode } from '../../errors.ts';
import type { Storyboard } from '../../merge/snapshot.ts';
import { type OneTools, skipOf, snapshotOf } from '../one.ts';

/** Grows while the films are read. */
export interface Audience {
  people: number;
  films: number;
  /** Who would get no message: reason → count. */
  readonly skipped: Record<string, number>;
  /** Whose message would fail: what the first of them met, and how many. */
  readonly failed: Partial<
    Record<FaultCode | 'internal', { readonly count: number; readonly example: string }>
  >;
}

/** As a run would choose and merge them now, nothing kept. */
export async function* readFilms(
  campaign: Campaign,
  members: AsyncIterable<readonly Member[]>,
  tools: Pick<OneTools, 'shelf' | 'now' | 'newId'>,
  audience: Audience,
): AsyncGenerator<Storyboard> {
  const purpose = (await tools.shelf.pack(campaign.pack)).contract?.purpose ?? 'marketing';
  // Stands for the run that is not there yet: shares are as they will be, who falls into which is not.
  const runId = tools.newId();
  for await (const page of members) {
    for (const member of page) {
      audience.people += 1;
      const storyboard = await filmOf(member);
      if (storyboard === null) continue;
      audience.films += 1;
      yield storyboard;
    }
  }

  async function filmOf(member: Member): Promise<Storyboard | null> {
    // Whoever would wait is written to later, and has a film like anybody.
    const { variants, frequency_cap } = campaign;
    const at = { now: tools.now(), startedAt: tools.now() };
    const when = { quiet_hours: undefined, schedule: undefined };
    const id = member.profile?.id ?? '';
    if (assign(runId, campaign, id).holdout) return skip('holdout');
    // Of the rest, too, who will all have the winner: nobody knows it yet.
    const { variant } = assign(runId, { ...campaign, sample: null, holdout: 0 }, id);
    const decision = decide(
      { ...member, variant },
      { purpose, campaign: { variants, frequency_cap, ...when }, ...at },
    );
    if (decision.kind !== 'send') return skip(decision.kind === 'skip' ? decision.reason : decision.why);
    try {
      mailAddress(decision.profile.email ?? '');
      return (await snapshotOf(decision.profile, decision, campaign, tools)).storyboard;
    } catch (error) {
      const reason = skipOf(error);
      return reason === null ? fail(error) : skip(reason);
    }
  }

  function skip(reason: string): null {
    audience.skipped[reason] = (audience.skipped[reason] ?? 0) + 1;
    return null;
  }

  function fail(error: unknown): null {
    const code = error instanceof DearlyError ? error.code : 'internal';
    const example = error instanceof Error ? error.message : String(error);
    const count = (audience.failed[code]?.count ?? 0) + 1;
    audience.failed[code] = { example, ...audience.failed[code], count };
    return null;
  }
}
