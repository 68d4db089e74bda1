// Enters: one member of an audience, and when the run would start. Leaves: Prospect, what would become of them. Never: a write.
import type { Campaign } from '../../campaign/campaign.ts';
import { assign } from '../../decide/assign.ts';
import { decide, type Member } from '../../decide/decide.ts';
import { domainOf } from '../../deliver/mail-address.ts';
import type { Sender } from '../../deliver/sender.ts';
import { DearlyError, type FaultCode } from '../../errors.ts';
import { mergeEmail } from '../../merge/merge-email.ts';
import type { Snapshot } from '../../merge/snapshot.ts';
import type { Purpose } from '../../profile/profile.ts';
import type { CompiledPack } from '../../template/compiled-pack.ts';
import { makeLinks } from '../../track/make-links.ts';
import { type OneTools, skipOf, snapshotOf } from '../one.ts';

/** What would become of one person. */
export type Prospect = { readonly externalId: string } & (
  | { readonly kind: 'skip'; readonly reason: string; readonly facts: readonly FactProblem[] }
  /** The message could not be made; the person's data is not the reason. */
  | { readonly kind: 'fail'; readonly code: FaultCode | 'internal'; readonly message: string }
  | {
      readonly kind: 'send';
      readonly domain: string;
      readonly phase: 'sample' | 'rest' | null;
      readonly variant: string;
      /** Not at the start, but then. */
      readonly wait: { readonly until: Date; readonly why: string } | null;
      readonly subject: number;
      readonly preheader: number;
      readonly htmlBytes: number;
      readonly snapshot: Snapshot;
    }
);

export interface FactProblem {
  readonly fact: string;
  readonly problem: string;
}

export interface ProspectTools extends Pick<OneTools, 'shelf' | 'now' | 'newId' | 'secret' | 'origins'> {}

export interface Occasion {
  /** Stands for the run that is not there yet: who falls into the sample differs from run to run. */
  readonly runId: string;
  readonly campaign: Campaign;
  readonly purpose: Purpose;
  readonly startsAt: Date;
  readonly pack: CompiledPack;
  readonly sender: Sender;
}

export async function planPerson(member: Member, on: Occasion, tools: ProspectTools): Promise<Prospect> {
  const { profile } = member;
  if (profile === null) throw new Error('an audience that is read holds nobody who was erased');
  const { externalId } = profile;
  const skip = (reason: string, facts: readonly FactProblem[] = []): Prospect => {
    return { kind: 'skip', externalId, reason, facts };
  };
  const { holdout, phase } = assign(on.runId, on.campaign, profile.id);
  if (holdout) return skip('holdout');
  // The rest gets the winner, whom nobody knows yet: each variant is tried on its share of them.
  const { variant } = assign(on.runId, { ...on.campaign, sample: null, holdout: 0 }, profile.id);
  const { decision, wait } = decideWhenever({ ...member, variant }, on);
  if (decision.kind === 'skip') return skip(decision.reason);
  try {
    const domain = domainOf(decision.profile.email ?? '');
    const snapshot = await snapshotOf(profile, decision, on.campaign, { ...tools, now: () => on.startsAt });
    const links = makeLinks(tools.secret, snapshot, tools.origins());
    const email = await mergeEmail(snapshot, on.pack, links, on.sender);
    return {
      kind: 'send',
      externalId,
      domain: domain.toLowerCase(),
      phase,
      variant: decision.variant,
      wait,
      subject: [...email.subject].length,
      preheader: [...email.preheader].length,
      htmlBytes: Buffer.byteLength(email.html),
      snapshot,
    };
  } catch (error) {
    const reason = skipOf(error);
    if (reason !== null) return skip(reason, factsOf(error));
    const code = error instanceof DearlyError ? error.code : 'internal';
    return {
      kind: 'fail',
      externalId,
      code,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

/** At the start, or when whoever has to wait has waited. */
function decideWhenever(member: Member, { campaign, purpose, startsAt }: Occasion) {
  const how = { campaign, purpose, startedAt: startsAt };
  const first = decide(member, { ...how, now: startsAt });
  if (first.kind !== 'wait') return { decision: first, wait: null };
  const { until, why } = first;
  const decision = decide(member, { ...how, now: until });
  if (decision.kind === 'wait') throw new Error('whoever has waited until the turn waits no longer');
  return { decision, wait: { until, why } };
}

/** `readings.0.kwh: expected number` is a problem of the fact readings. */
function factsOf(error: unknown): FactProblem[] {
  if (!(error instanceof DearlyError) || error.code !== 'data-incomplete') return [];
  return error.details.map((line) => {
    const [path = '', ...rest] = line.split(': ');
    return { fact: path.split('.')[0] || line, problem: rest.join(': ') };
  });
}
