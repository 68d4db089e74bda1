import { randomUUID } from 'node:crypto';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import type { Ledger } from '../../src/run/ledger.ts';

export interface SentMessage {
  readonly runId: string;
  readonly rowId: string;
  readonly snapshotId: string;
  readonly messageId: string;
}

/** A message of a run of its own that a mail server has taken. Nothing is merged or sent: the ledger is what counts here. */
export async function sentMessage(ledger: Ledger, profileId: string): Promise<SentMessage> {
  const campaign = campaignSchema.parse({ name: 'c', pack: 'p', sender: 's', links_expire_days: 1 });
  const occurrence = { kind: 'campaign', name: 'c', occurrence: randomUUID(), campaign } as const;
  const { run } = await ledger.open(occurrence, { profileIds: [profileId] });
  const [claim] = await ledger.claim(run.id, { limit: 1, leaseMs: 60_000 });
  if (claim === undefined) throw new Error('nothing was claimed');
  const snapshot = {
    id: randomUUID(),
    profileId,
    pack: { name: 'p', version: '1' },
    purpose: 'service',
    sender: 's',
    variant: 'a',
    lang: 'de',
    locale: 'de-DE',
    tracking: false,
    view: {},
    targets: {},
    storyboard: null,
    madeAt: new Date().toISOString(),
  } as const;
  const messageId = `${claim.rowId}@nordlicht.example`;
  const handed = await ledger.handOff(claim, snapshot, messageId, new Date(Date.now() + 86_400_000));
  if (handed !== 'handed-over') throw new Error(handed);
  await ledger.settle(claim, { happening: 'accept', detail: '250 2.0.0 queued' });
  await ledger.complete(run.id);
  return { runId: run.id, rowId: claim.rowId, snapshotId: snapshot.id, messageId };
}
