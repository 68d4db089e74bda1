import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { createPostWebhook } from '../../../src/adapters/fetch/post-webhook.ts';
import { type Database, openDatabase } from '../../../src/adapters/postgres/connect.ts';
import { postgresLedger } from '../../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../../src/adapters/postgres/upsert-profiles.ts';
import { addEndpoint, type Endpoint } from '../../../src/adapters/postgres/webhooks/endpoints.ts';
import { postgresOutbox } from '../../../src/adapters/postgres/webhooks/outbox.ts';
import { campaignSchema } from '../../../src/campaign/campaign.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import type { Claim, Ledger, Run } from '../../../src/run/ledger.ts';
import type { WebhookTools } from '../../../src/run/webhooks/deliver-due-webhooks.ts';
import type { WebhookType } from '../../../src/run/webhooks/webhook-types.ts';
import { testDatabase } from '../../support/database.ts';

export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A database, and a receiver whose paths answer each in its own way. */
export interface Exchange {
  readonly db: Database;
  readonly house: Buffer;
  readonly url: string;
  readonly tools: WebhookTools;
  readonly heard: Heard[];
  listen(path: string, ...types: (WebhookType | '*')[]): Promise<Endpoint>;
  /** A run of so many people, claimed and handed over, about to be settled. */
  handedOver(count: number): Promise<HandedOver>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface HandedOver {
  readonly ledger: Ledger;
  readonly run: Run;
  readonly claims: readonly Claim[];
  readonly snapshots: readonly Snapshot[];
}

export const accepted = { happening: 'accept', detail: '250 2.0.0 queued for <address>' } as const;

export async function openExchange(): Promise<Exchange> {
  const house = Buffer.from('the secret of this house, long enough');
  const heard: Heard[] = [];
  const made = await testDatabase();
  const db = openDatabase(made.url);
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    let body = '';
    for await (const chunk of request) body += chunk;
    heard.push({ path, headers: request.headers, body });
    if (path === '/hang') return;
    if (path === '/busy') response.setHeader('retry-after', '3600');
    if (path === '/moved') response.setHeader('location', `${url}/good`);
    response.writeHead({ '/gone': 410, '/busy': 503, '/bad': 500, '/moved': 302 }[path] ?? 204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    db,
    house,
    url,
    heard,
    tools: {
      outbox: postgresOutbox(db, [house], () => new Date()),
      post: createPostWebhook({ isLocalAllowed: true, limitMs: 3000 }),
      now: () => new Date(),
      random: () => 0,
    },
    listen: (path, ...types) =>
      addEndpoint(db, house, { url: `${url}${path}`, types: types.length > 0 ? types : ['*'] }),
    handedOver: (count) => handOver(db, house, count),
    async empty() {
      await sql`truncate profiles, runs, suppressions, webhook_endpoints cascade`.execute(db);
      heard.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await db.destroy();
      await made.drop();
    },
  };
}

async function handOver(db: Database, house: Buffer, count: number): Promise<HandedOver> {
  const ledger = postgresLedger(db, house);
  const people = Array.from({ length: count }, (_, at) => `P${at}`);
  await upsertProfiles(
    db,
    people.map((externalId) => ({
      externalId,
      email: `${externalId}@kunde.example`,
      firstName: 'Xanthippe',
    })),
  );
  const campaign = campaignSchema.parse({ name: 'statement', pack: 'statement', sender: 'nordlicht' });
  const { run } = await ledger.open(
    { kind: 'campaign', name: 'statement', occurrence: '2026', campaign },
    { rule: true },
  );
  const claims = await ledger.claim(run.id, { limit: count, leaseMs: 60_000 });
  const snapshots: Snapshot[] = [];
  for (const claim of claims) {
    const snapshot = snapshotFor(claim.profile?.id ?? '');
    snapshots.push(snapshot);
    const handOff = await ledger.handOff(
      claim,
      snapshot,
      `<${claim.rowId}@x.example>`,
      new Date(Date.now() + 86_400_000),
    );
    if (handOff !== 'handed-over') throw new Error(handOff);
  }
  return { ledger, run, claims, snapshots };
}

function snapshotFor(profileId: string): Snapshot {
  return {
    id: crypto.randomUUID(),
    profileId,
    pack: { name: 'statement', version: '1' },
    purpose: 'service',
    sender: 'nordlicht',
    variant: 'a',
    lang: 'de',
    locale: 'de-DE',
    tracking: true,
    view: {},
    targets: {},
    storyboard: null,
    madeAt: new Date().toISOString(),
  };
}
