import { sql } from 'kysely';
import type { Snapshot } from '../../merge/snapshot.ts';
import { hashAddress } from '../../profile/address-hash.ts';
import { purposes } from '../../profile/profile.ts';
import { pdfNoteKey, videoKey } from '../../render/artefact-key.ts';
import { shownKeys } from '../../render/shown-keys.ts';
import { soundNoteKey } from '../../render/sound/sound-script.ts';
import { voiceScriptsOf } from '../../render/sound/voice-scripts.ts';
import { sources } from '../../run/transitions.ts';
import { type Format, formats } from '../../template/composition.ts';
import type { Database } from './connect.ts';

export interface Erased {
  /** False when there was nobody (any more). */
  readonly found: boolean;
  readonly snapshots: number;
  /** Rows that stay as a count, without a name to it. */
  readonly ledgerRows: number;
  readonly events: number;
  /** Purposes that stay closed to this address, should it come back. */
  readonly suppressed: readonly string[];
  /** Under which something made for the person may be kept; the caller removes it from storage, and what it leads to. */
  readonly artefactKeys: readonly string[];
}

/** What a report adds up stays: how far, how long, how much. Nothing of it says who. */
const kept = sql<string>`case
  when kind in ('video-progress', 'read', 'conversion') then coalesce((
    select jsonb_object_agg(key, value) from jsonb_each(data)
    where key in ('percent', 'seconds', 'value') and jsonb_typeof(value) = 'number'
      or key = 'currency' and value #>> '{}' ~ '^[A-Z]{3}$'
  ), '{}')
  else '{}'
end`;

const nothing: Erased = {
  found: false,
  snapshots: 0,
  ledgerRows: 0,
  events: 0,
  suppressed: [],
  artefactKeys: [],
};

/**
 * Forgets a person: profile, snapshots and with them every page, picture and video behind a link. What counts stays without the
 * person: ledger rows lose name, message and server's words, events lose their data but for the figures that reports add up. What the person refused is
 * kept as a keyed hash of the address, so that a later import cannot undo it. Idempotent; all or nothing.
 */
export async function eraseProfile(
  db: Database,
  id: string,
  options: { readonly secret: Buffer },
): Promise<Erased> {
  return db.transaction().execute(async (tx) => {
    const profile = await tx
      .selectFrom('profiles')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!profile) return nothing;
    const refused = purposes.filter((it) => profile.consents[it]?.granted === false);
    if (profile.email !== null && refused.length > 0) {
      const address_hash = hashAddress(options.secret, profile.email);
      await tx
        .insertInto('suppressions')
        .values(refused.map((purpose) => ({ address_hash, purpose, reason: 'consent-withdrawn' })))
        .onConflict((it) => it.doNothing())
        .execute();
    }
    const shown = await tx.selectFrom('snapshots').select('body').where('profile_id', '=', id).execute();
    const drawn = shown.flatMap(({ body }) => keysOf(body));
    const mine = tx.selectFrom('snapshots').select('id').where('profile_id', '=', id);
    const videos = await tx
      .deleteFrom('video_jobs')
      .where('snapshot_id', 'in', mine)
      .returning('key')
      .execute();
    // Scenes that another film brought stay: its person still has them. Of those under way none will be kept.
    const made = [...new Set([...videos.map((it) => it.key), ...drawn])];
    const segments = await tx
      .deleteFrom('segments')
      .where(sql<boolean>`video_key = any(${made}::text[])`)
      .returning('key')
      .execute();
    // Kept answers of /v1/renders name their snapshot.
    await tx
      .deleteFrom('idempotency')
      .where(sql<string>`body ->> 'id'`, 'in', mine.clearSelect().select(sql<string>`id::text`.as('id')))
      .execute();
    const rows = tx.selectFrom('ledger').select('id').where('profile_id', '=', id);
    // Arrays, where subqueries side by side would have every event looked at.
    const events = await tx
      .updateTable('events')
      .set({ data: kept })
      .where(sql<boolean>`snapshot_id = any(array(${mine})) or ledger_id = any(array(${rows}))`)
      .executeTakeFirst();
    await tx.deleteFrom('soft_bounces').where('ledger_id', 'in', rows).execute();
    await tx.updateTable('ledger_history').set({ detail: null }).where('ledger_id', 'in', rows).execute();
    // Rows nobody has handed over yet end here; the raised attempt fences off a worker that holds one.
    await tx
      .updateTable('ledger')
      .set({
        state: 'skipped',
        reason: 'erased',
        ended_at: sql`now()`,
        lease_until: null,
        attempt: sql`attempt + 1`,
      })
      .where('profile_id', '=', id)
      .where('state', 'in', sources('erase'))
      .execute();
    // A reason is a code of ours; anything else is a mail server's sentence and may hold the address.
    const ledger = await tx
      .updateTable('ledger')
      .set({
        profile_id: null,
        domain: null,
        message_id: null,
        address_hash: null,
        reason: sql`case when reason ~ '^[a-z0-9-]+$' then reason end`,
      })
      .where('profile_id', '=', id)
      .executeTakeFirst();
    const snapshots = await tx.deleteFrom('snapshots').where('profile_id', '=', id).executeTakeFirst();
    // Last: whoever told of this person at the same time had to let go of the row or the snapshot first.
    await tx.deleteFrom('webhook_deliveries').where('profile_id', '=', id).execute();
    await tx.deleteFrom('profiles').where('id', '=', id).execute();
    return {
      found: true,
      snapshots: Number(snapshots.numDeletedRows),
      ledgerRows: Number(ledger.numUpdatedRows),
      events: Number(events.numUpdatedRows),
      suppressed: profile.email === null ? [] : refused,
      artefactKeys: [...made, ...segments.map((it) => it.key)],
    };
  });
}

function keysOf(snapshot: Snapshot): string[] {
  const { id, storyboard } = snapshot;
  const kept = [pdfNoteKey(id), ...shownKeys(snapshot)];
  if (!storyboard) return kept;
  const sizes = Object.keys(formats) as Format[];
  return [
    ...kept,
    soundNoteKey(storyboard),
    ...voiceScriptsOf(storyboard).map(({ film }) => soundNoteKey(film)),
    ...sizes.map((format) => videoKey(storyboard, format)),
  ];
}
