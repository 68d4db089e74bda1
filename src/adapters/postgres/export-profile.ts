import { sql } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import { hashAddress } from '../../profile/address-hash.ts';
import type { Facts, Json, Profile } from '../../profile/profile.ts';
import type { Database } from './connect.ts';
import { findProfile } from './find-profile.ts';

/** Everything kept about one person (GDPR article 15 and 20), times in ISO 8601, oldest first. */
export interface ProfileExport {
  readonly profile: Profile;
  /** What was shown to the person, as it was shown. */
  readonly snapshots: readonly Snapshot[];
  /** What was sent, or not, and why. */
  readonly ledger: readonly LedgerExport[];
  /** What the person, or a machine on the way, did with it. */
  readonly events: readonly EventExport[];
  /** What a CRM told of the person to have a message sent. */
  readonly triggers: readonly TriggerExport[];
  /** What a CRM was told of the person, for as long as the log is kept. */
  readonly webhooks: readonly WebhookExport[];
  /** What the suppression list holds against the person's address: a hash, the purpose (`*`: all), and why. */
  readonly suppressions: readonly SuppressionExport[];
  /** What was said in the chats of the person's pages. */
  readonly chats: readonly ChatExport[];
}

interface LedgerExport {
  readonly run: string;
  readonly state: string;
  readonly reason: string | null;
  readonly variant: string | null;
  readonly messageId: string | null;
  readonly history: readonly {
    readonly at: string;
    readonly state: string;
    readonly detail: string | null;
  }[];
}

interface EventExport {
  readonly kind: string;
  readonly at: string;
  readonly machine: boolean;
  readonly data: Json;
}

interface TriggerExport {
  readonly trigger: string;
  readonly event: string;
  readonly occurredAt: string;
  readonly data: Facts;
}

interface WebhookExport {
  readonly type: string;
  readonly at: string;
  readonly data: Json;
}

interface SuppressionExport {
  readonly purpose: string;
  readonly reason: string;
  readonly at: string;
}

interface ChatExport {
  readonly snapshot: string;
  readonly from: string;
  readonly text: string;
  readonly at: string;
}

/** Null where nobody is known by this id. */
export async function exportProfile(
  db: Database,
  id: string,
  options: { readonly secret: Buffer },
): Promise<ProfileExport | null> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const profile = await findProfile(tx, { id });
      if (!profile) return null;
      const snapshots = await tx
        .selectFrom('snapshots')
        .select(['id', 'body'])
        .where('profile_id', '=', id)
        .orderBy('made_at')
        .execute();
      const ledger = await tx
        .selectFrom('ledger')
        .innerJoin('runs', 'runs.id', 'ledger.run_id')
        .select(['ledger.id', 'runs.name', 'runs.occurrence', 'ledger.state', 'ledger.reason'])
        .select(['ledger.variant', 'ledger.message_id'])
        .where('ledger.profile_id', '=', id)
        .orderBy('runs.created_at')
        .execute();
      const history = await tx
        .selectFrom('ledger_history')
        .innerJoin('ledger', 'ledger.id', 'ledger_history.ledger_id')
        .select(['ledger_id', 'at', 'ledger_history.state', 'detail'])
        .where('ledger.profile_id', '=', id)
        .orderBy('ledger_history.id')
        .execute();
      const events = await tx
        .selectFrom('events')
        .select(['kind', 'at', 'machine', 'data'])
        .where(
          sql<boolean>`snapshot_id = any(${snapshots.map((it) => it.id)}::uuid[])
            or ledger_id = any(${ledger.map((it) => it.id)}::uuid[])`,
        )
        .orderBy('events.id')
        .execute();
      const triggers = await tx
        .selectFrom('trigger_events')
        .select(['trigger', 'event_id', 'occurred_at', 'data'])
        .where('profile_id', '=', id)
        .orderBy('occurred_at')
        .execute();
      const webhooks = await tx
        .selectFrom('webhook_deliveries')
        .select(['type', 'at', 'data'])
        .where('profile_id', '=', id)
        .orderBy('at')
        .execute();
      const suppressions = await tx
        .selectFrom('suppressions')
        .select(['purpose', 'reason', 'at'])
        .where('address_hash', '=', hashAddress(options.secret, profile.email ?? ''))
        .orderBy('at')
        .execute();
      const chats = await tx
        .selectFrom('chat_messages')
        .innerJoin('chats', 'chats.id', 'chat_messages.chat_id')
        .innerJoin('snapshots', 'snapshots.id', 'chats.snapshot_id')
        .select(['chats.snapshot_id as snapshot', 'author as from', 'text', 'at'])
        .where('snapshots.profile_id', '=', id)
        .orderBy('seq')
        .execute();
      return {
        profile,
        snapshots: snapshots.map((it) => it.body),
        ledger: ledger.map((it) => ({
          run: `${it.name} ${it.occurrence}`,
          state: it.state,
          reason: it.reason,
          variant: it.variant,
          messageId: it.message_id,
          history: history
            .filter((line) => line.ledger_id === it.id)
            .map(({ at, state, detail }) => ({ at: at.toISOString(), state, detail })),
        })),
        events: events.map((it) => ({ ...it, at: it.at.toISOString() })),
        triggers: triggers.map(({ trigger, event_id, occurred_at, data }) => {
          return { trigger, event: event_id, occurredAt: occurred_at.toISOString(), data };
        }),
        webhooks: webhooks.map((it) => ({ ...it, at: it.at.toISOString() })),
        suppressions: suppressions.map((it) => ({ ...it, at: it.at.toISOString() })),
        chats: chats.map((it) => ({ ...it, at: it.at.toISOString() })),
      };
    });
}
