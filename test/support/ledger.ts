import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts';
import { postgresLedger } from '../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { campaignSchema } from '../../src/campaign/campaign.ts';
import type { Snapshot } from '../../src/merge/snapshot.ts';
import type { Claim, Ledger, Run } from '../../src/run/ledger.ts';
import { testDatabase } from './database.ts';

export const secret = Buffer.from('a secret of thirty-two characters');
export const tomorrow = new Date(Date.now() + 86_400_000);
export const lease = { limit: 100, leaseMs: 60_000 };

export interface LedgerHouse {
  readonly url: string;
  readonly db: Database;
  readonly ledger: Ledger;
  /** Nobody but these many people, `P000` …, and no run. */
  people(count: number, domain?: (index: number) => string): Promise<void>;
  start(more?: object, occurrence?: string): Promise<Run>;
  close(): Promise<void>;
}

/** A real ledger in a database of its own. */
export async function openLedger(): Promise<LedgerHouse> {
  const made = await testDatabase();
  const db = openDatabase(made.url);
  const ledger = postgresLedger(db, secret);
  return {
    url: made.url,
    db,
    ledger,
    async people(count, domain = () => 'example.com') {
      await sql`truncate profiles, runs, suppressions, domain_pauses cascade`.execute(db);
      const named = Array.from({ length: count }, (_, index) => ({
        externalId: `P${String(index).padStart(3, '0')}`,
        email: `p${index}@${domain(index)}`,
      }));
      await upsertProfiles(db, named);
    },
    async start(more = {}, occurrence = '2026') {
      const campaign = campaignSchema.parse({ name: 'c', pack: 'p', sender: 's', ...more });
      const { run } = await ledger.open(
        { kind: 'campaign', name: campaign.name, occurrence, campaign },
        { rule: campaign.audience },
      );
      return run;
    },
    async close() {
      await db.destroy();
      await made.drop();
    },
  };
}

export function snapshotFor(claim: Claim, purpose: Snapshot['purpose'] = 'service'): Snapshot {
  return {
    id: randomUUID(),
    profileId: claim.profile?.id ?? '',
    pack: { name: 'p', version: '1' },
    purpose,
    sender: 's',
    variant: 'a',
    lang: 'de',
    locale: 'de-DE',
    tracking: false,
    view: { amount: '1 €' },
    targets: {},
    storyboard: null,
    madeAt: new Date().toISOString(),
  };
}

/** What it is that one stands for: a row that was handed over and has no answer yet. */
export async function handOver(ledger: Ledger, claim: Claim): Promise<void> {
  const said = await ledger.handOff(
    claim,
    claim.snapshot ?? snapshotFor(claim),
    `${claim.rowId}@s`,
    tomorrow,
  );
  if (said !== 'handed-over') throw new Error(`the handoff was ${said}`);
}

export async function first(claims: Promise<Claim[]>): Promise<Claim> {
  const [claim] = await claims;
  if (claim === undefined) throw new Error('nothing was claimed');
  return claim;
}

export async function all<T>(some: AsyncIterable<T>): Promise<T[]> {
  const them: T[] = [];
  for await (const it of some) them.push(it);
  return them;
}
