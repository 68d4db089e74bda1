// Enters: one claimed row of the ledger. Leaves: the row in its next state, and at most one message on its way.
// Never: a message before the row says so, or a second one where the first may be out.
import type { Campaign } from '../campaign/campaign.ts';
import { type Decision, decide, type SkipReason } from '../decide/decide.ts';
import { composeMessage, type Message, messageIdOf } from '../deliver/compose-message.ts';
import type { Sender } from '../deliver/sender.ts';
import type { Transport } from '../deliver/transport.ts';
import { DearlyError, type FaultCode } from '../errors.ts';
import { mergeEmail } from '../merge/merge-email.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { takeSnapshot } from '../merge/take-snapshot.ts';
import type { Profile } from '../profile/profile.ts';
import { makeLinks, type Origins } from '../track/make-links.ts';
import type { Attach } from './attach.ts';
import type { Claim, Ledger } from './ledger.ts';
import { outcomeOf } from './outcome.ts';
import type { Pace } from './pace.ts';
import type { Shelf } from './shelf.ts';

export interface OneTools {
  readonly ledger: Ledger;
  readonly shelf: Shelf;
  /** Brings what the snapshot says travels with its message. */
  readonly attach: Attach;
  readonly transport: Transport;
  readonly pace: Pace;
  readonly secret: Buffer;
  readonly origins: () => Origins;
  readonly now: () => Date;
  readonly newId: () => string;
  /** 0 ≤ random < 1 */
  readonly random: () => number;
}

export type Settled = 'accepted' | 'deferred' | 'skipped' | 'bounced' | 'failed' | 'unknown' | 'lost';

/** The river, for one person. `lost` means another worker holds the row now and nothing was sent here. */
export async function one(
  claim: Claim,
  campaign: Campaign,
  tools: OneTools,
  signal?: AbortSignal,
): Promise<Settled> {
  const { ledger, shelf, transport } = tools;
  const purpose = claim.snapshot?.purpose ?? (await shelf.pack(campaign.pack)).contract?.purpose;

  const member = { ...claim, variant: null, recentMessages: 0 };
  const at = { now: tools.now(), startedAt: tools.now() };
  const decision = decide(member, { purpose: purpose ?? 'marketing', campaign, ...at });
  if (decision.kind === 'wait') throw new Error('the ledger cannot put a row off yet');
  if (decision.kind === 'skip') return (await ledger.skip(claim, decision.reason)) ? 'skipped' : 'lost';
  const address = decision.profile.email;
  if (address === null) throw new Error('decide let a profile without an address through');

  let ready: Ready;
  try {
    ready = await prepare(claim, campaign, decision, address, tools);
  } catch (error) {
    const reason = skipOf(error);
    if (reason === null) throw error;
    return (await ledger.skip(claim, reason)) ? 'skipped' : 'lost';
  }
  const { snapshot, sender, message } = ready;

  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const turn = await tools.pace.take(domain, signal);
  if (turn.kind === 'later') throw new Error('the ledger cannot put a row off yet');
  try {
    const messageId = claim.messageId ?? messageIdOf(claim.rowId, sender);
    if (!(await ledger.handOff(claim, snapshot, messageId, expiryOf(snapshot, campaign)))) return 'lost';
    await turn.confirm();
    const receipt = await transport.send(message);

    const outcome = outcomeOf(receipt, {
      attempt: claim.attempt,
      firstTriedAt: new Date(claim.firstTriedAt),
      now: tools.now(),
      retryHours: campaign.retry_hours,
      random: tools.random(),
    });
    const settled = await ledger.settle(claim, outcome);
    await tools.pace.heard(domain, receipt);
    if (receipt.kind === 'failed' && receipt.pause) await ledger.pause(claim.runId, outcome.detail);
    if (!settled) return 'lost';
    return (
      { accept: 'accepted', defer: 'deferred', bounce: 'bounced', fail: 'failed', doubt: 'unknown' } as const
    )[outcome.happening];
  } finally {
    turn.end();
  }
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
  readonly sender: Sender;
  readonly message: Message;
}

/** Everything up to the message, from the snapshot of an earlier try where there is one. Nothing is kept or sent yet. */
async function prepare(
  claim: Claim,
  campaign: Campaign,
  decision: Extract<Decision, { kind: 'send' }>,
  address: string,
  tools: OneTools,
): Promise<Ready> {
  const { shelf } = tools;
  const { profile } = decision;
  const snapshot = claim.snapshot ?? (await snapshotOf(profile, decision, campaign, tools));
  const pack = await shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const sender = await shelf.sender(snapshot.sender);
  const links = makeLinks(tools.secret, snapshot, tools.origins());
  const email = mergeEmail(snapshot, pack, links, sender);
  const addressing = {
    to: { name: `${profile.firstName} ${profile.lastName}`.trim(), address },
    rowId: claim.rowId,
    secret: tools.secret,
    campaign: campaign.name,
    lang: snapshot.lang,
    at: new Date(snapshot.madeAt),
  };
  const message = await composeMessage(email, sender, links, addressing, await tools.attach(snapshot));
  return { snapshot, sender, message };
}

/** @throws DearlyError `data-incomplete`, naming the fields */
export async function snapshotOf(
  profile: Profile,
  how: { readonly variant: string; readonly tracking: boolean },
  campaign: Pick<Campaign, 'pack' | 'composition' | 'sender'> & Partial<Pick<Campaign, 'attachments'>>,
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
    tracking: how.tracking,
    ...(campaign.attachments && { attachments: campaign.attachments }),
    now: tools.now(),
  });
}

export function expiryOf(snapshot: Snapshot, campaign: Pick<Campaign, 'links_expire_days'>): Date {
  return new Date(Date.parse(snapshot.madeAt) + campaign.links_expire_days * 86_400_000);
}
