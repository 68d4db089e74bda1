// Enters: one claimed row of the ledger. Leaves: the row in its next state, and at most one message on its way.
// Never: a message before the row says so, or a second one where the first may be out.
import type { Campaign } from '../campaign/campaign.ts';
import type { Arrangement } from '../campaign/variant.ts';
import { type Decision, decide, type SkipReason } from '../decide/decide.ts';
import { composeMessage, type Message } from '../deliver/compose-message.ts';
import type { Receipt, Transport } from '../deliver/transport.ts';
import { DearlyError, type FaultCode } from '../errors.ts';
import { mergeEmail } from '../merge/merge-email.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { takeSnapshot } from '../merge/take-snapshot.ts';
import type { Profile, Purpose } from '../profile/profile.ts';
import { makeLinks, type Origins } from '../track/make-links.ts';
import type { Attach } from './attach.ts';
import { keepTrying } from './keep-trying.ts';
import type { Claim, HandOff, Ledger } from './ledger.ts';
import { attemptsOf, outcomeOf } from './outcome.ts';
import type { Go, Pace } from './pace/pace.ts';
import type { Shelf } from './shelf.ts';
import type { Videos } from './video/make-video.ts';

export interface OneTools {
  readonly ledger: Ledger;
  readonly shelf: Shelf;
  /** Brings what the snapshot says travels with its message. */
  readonly attach: Attach;
  readonly transport: Transport;
  readonly videos: Pick<Videos, 'ahead'>;
  readonly pace: Pace;
  readonly secret: Buffer;
  readonly origins: () => Origins;
  readonly now: () => Date;
  readonly newId: () => string;
  /** 0 ≤ random < 1 */
  readonly random: () => number;
}

/** `postponed`: not now, and no try counted. `stopped`: the run was paused or cancelled. `lost`: another worker holds the row. */
export type Settled =
  | 'accepted'
  | 'deferred'
  | 'postponed'
  | 'skipped'
  | 'bounced'
  | 'failed'
  | 'unknown'
  | 'stopped'
  | 'lost';

/** The river, for one person. */
export async function one(
  claim: Claim,
  campaign: Campaign,
  tools: OneTools,
  signal?: AbortSignal,
): Promise<Settled> {
  const { ledger } = tools;
  const skip = async (reason: SkipReason) => ((await ledger.skip(claim, reason)) ? 'skipped' : 'lost');
  const postpone = async ({ until, why }: { until: Date; why: string }) =>
    (await ledger.postpone(claim, until, why)) ? 'postponed' : 'lost';

  const decision = decide(claim, {
    purpose: await purposeOf(claim, campaign, tools),
    campaign,
    now: tools.now(),
    startedAt: new Date(claim.runStartedAt),
  });
  if (decision.kind === 'skip') return await skip(decision.reason);
  if (decision.kind === 'wait') return await postpone(decision);

  let ready: Ready;
  try {
    ready = await prepare(claim, campaign, decision, tools);
  } catch (error) {
    const reason = skipOf(error);
    if (reason === null) throw error;
    return await skip(reason);
  }

  const turn = await tools.pace.take(claim.domain, signal);
  if (turn.kind === 'later') return await postpone(turn);
  try {
    const handedOver = await handOff(claim, ready, campaign, turn, tools);
    if (handedOver === 'suppressed') return await skip('suppressed');
    if (handedOver === 'capped') return await skip('frequency-cap');
    if (handedOver === 'stopped') return (await ledger.release(claim)) ? 'stopped' : 'lost';
    if (handedOver === 'lost') return 'lost';

    // From here on the message may be out: whatever goes wrong, the row never says that it is not.
    const receipt = await tools.transport.send(ready.message);
    const settled = await settle(claim, receipt, campaign, tools);
    if (settled === 'accepted') await makeAhead(ready.snapshot, campaign, tools);
    return settled;
  } finally {
    turn.end();
  }
}

async function settle(claim: Claim, receipt: Receipt, campaign: Campaign, tools: OneTools): Promise<Settled> {
  const { ledger, pace } = tools;
  const outcome = outcomeOf(receipt, attemptsOf(claim, campaign, tools));
  // First, and while the row is still open: whoever sees a paused run with nothing on its way may resume it, and it stays so.
  if (receipt.kind === 'failed' && receipt.pause)
    await keepTrying(() => ledger.pause(claim.runId, outcome.detail));
  // The answer is known to nobody else: a database that is away for a moment must not turn it into a doubt.
  const settled = await keepTrying(() => ledger.settle(claim, outcome));
  await pace.heard(claim.domain, receipt);
  if (!settled) return 'lost';
  return (
    { accept: 'accepted', defer: 'deferred', bounce: 'bounced', fail: 'failed', doubt: 'unknown' } as const
  )[outcome.happening];
}

/** Where this throws nobody can tell what the database took. The message did not go out, though, and that is what the row has to say. */
async function handOff(
  claim: Claim,
  { snapshot, message }: Ready,
  campaign: Campaign,
  turn: Go,
  { ledger, random }: OneTools,
): Promise<HandOff> {
  // Soon: no mail server has asked for patience.
  const retryAfterMs = 1000 + 2000 * random();
  const putOff = (detail: string) =>
    keepTrying(() => ledger.settle(claim, { happening: 'defer', detail, retryAfterMs }));
  const elapsedMs = startWatch();
  try {
    const handedOver = await ledger.handOff(
      claim,
      snapshot,
      message.id,
      expiryOf(snapshot, campaign),
      campaign.frequency_cap,
    );
    if (handedOver !== 'handed-over') return handedOver;
    await turn.confirm();
    if (elapsedMs() < claim.leaseMs) return 'handed-over';
  } catch (error) {
    await putOff('not-handed-over');
    throw error;
  }
  // A process that slept here (a frozen machine, a long pause) is not the only one any more that may send, and does not know
  // who said no meanwhile.
  await putOff('overslept');
  return 'lost';
}

/** By both clocks: one stands still while the machine does, the other one can be set. */
function startWatch(): () => number {
  const steady = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - steady, Date.now() - wall);
}

/** Films, posters and documents that the campaign wants ready before somebody asks. Where this fails they are made when somebody does. */
async function makeAhead(snapshot: Snapshot, campaign: Campaign, { videos }: OneTools): Promise<void> {
  const what = (['video', 'poster', 'pdf'] as const).filter((it) => campaign.channels.includes(it));
  if (what.length > 0) await videos.ahead(snapshot, what).catch(() => {});
}

async function purposeOf(claim: Claim, campaign: Campaign, { shelf }: OneTools): Promise<Purpose> {
  return claim.snapshot?.purpose ?? (await shelf.pack(campaign.pack)).contract?.purpose ?? 'marketing';
}

/** Faults that are the person's data, not ours: the row is skipped with the reason. */
const skips: Readonly<Partial<Record<FaultCode, SkipReason>>> = {
  'data-incomplete': 'incomplete-data',
  'not-deliverable': 'bad-address',
};

/** Null where it is not the person's data. */
export function skipOf(error: unknown): SkipReason | null {
  return (error instanceof DearlyError && skips[error.code]) || null;
}

interface Ready {
  readonly snapshot: Snapshot;
  readonly message: Message;
}

/** Everything up to the message, from the snapshot of an earlier try where there is one. Nothing is kept or sent yet. */
async function prepare(
  claim: Claim,
  campaign: Campaign,
  decision: Extract<Decision, { kind: 'send' }>,
  tools: OneTools,
): Promise<Ready> {
  const { shelf } = tools;
  const { profile } = decision;
  if (profile.email === null) throw new Error('decide let a profile without an address through');
  const snapshot = claim.snapshot ?? (await snapshotOf(profile, decision, campaign, tools));
  const pack = await shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const sender = await shelf.sender(snapshot.sender);
  const links = makeLinks(tools.secret, snapshot, tools.origins());
  const email = mergeEmail(snapshot, pack, links, sender);
  const addressing = {
    to: { name: `${profile.firstName} ${profile.lastName}`.trim(), address: profile.email },
    rowId: claim.rowId,
    secret: tools.secret,
    campaign: campaign.name,
    lang: snapshot.lang,
    at: new Date(snapshot.madeAt),
  };
  const message = await composeMessage(email, sender, links, addressing, await tools.attach(snapshot));
  return { snapshot, message };
}

/** @throws DearlyError `data-incomplete`, naming the fields */
export async function snapshotOf(
  profile: Profile,
  how: { readonly variant: string; readonly tracking: boolean; readonly arrangement?: Arrangement },
  campaign: Pick<Campaign, 'pack' | 'composition' | 'sender'> &
    Partial<Pick<Campaign, 'attachments' | 'gate'>>,
  tools: Pick<OneTools, 'shelf' | 'now' | 'newId'>,
): Promise<Snapshot> {
  return takeSnapshot({
    id: tools.newId(),
    profile,
    pack: await tools.shelf.pack(campaign.pack),
    composition:
      campaign.composition === undefined ? null : await tools.shelf.composition(campaign.composition),
    sender: campaign.sender,
    variant: how.variant,
    ...(how.arrangement && { arrangement: how.arrangement }),
    tracking: how.tracking,
    ...(campaign.attachments && { attachments: campaign.attachments }),
    ...(campaign.gate && { gate: true }),
    now: tools.now(),
  });
}

export function expiryOf(snapshot: Snapshot, campaign: Pick<Campaign, 'links_expire_days'>): Date {
  return new Date(Date.parse(snapshot.madeAt) + campaign.links_expire_days * 86_400_000);
}
