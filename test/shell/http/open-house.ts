import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { createPrinter } from '../../../src/adapters/chromium/print/create-printer.ts';
import { createKey, type Scope } from '../../../src/adapters/postgres/api-keys.ts';
import { isSnapshotKept } from '../../../src/adapters/postgres/is-snapshot-kept.ts';
import { contentTypeOf } from '../../../src/adapters/storage/content-type-of.ts';
import { readConfig } from '../../../src/config.ts';
import type { Links } from '../../../src/merge/links.ts';
import type { Snapshot } from '../../../src/merge/snapshot.ts';
import { isConsented, type Profile, type ProfilePatch } from '../../../src/profile/profile.ts';
import { makePdfs } from '../../../src/run/make-pdf.ts';
import { snapshotOf } from '../../../src/run/one.ts';
import { renderOne } from '../../../src/run/render-one.ts';
import type { VideoState } from '../../../src/run/video/make-video.ts';
import { buildServer, type ServerParts, type SiteAssets } from '../../../src/shell/http/server.ts';
import { planAhead } from '../../../src/shell/plan-ahead.ts';
import { openWire, type Wire } from '../../../src/shell/wire.ts';
import type { Format } from '../../../src/template/composition.ts';
import { makeLinks } from '../../../src/track/make-links.ts';
import sample from '../../../templates/statement/samples/ada-credit.json' with { type: 'json' };
import { testDatabase } from '../../support/database.ts';
import { testBrowser } from '../../support/test-browser.ts';

export const browser = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml',
};

export interface House {
  readonly app: FastifyInstance;
  readonly wire: Wire;
  readonly parts: ServerParts;
  /** What the stand-in for the renderer was asked, and answers. */
  readonly video: { requests: number; format?: Format | undefined; state: VideoState };
  /** Documents that the browser was given so far. */
  readonly printed: () => number;
  readonly log: () => string;
  person(patch?: Partial<ProfilePatch>): Promise<Profile>;
  /** What somebody's message would hold: a kept snapshot and its links. */
  links(
    person: Profile,
    options?: {
      readonly expiresInMs?: number;
      readonly gate?: boolean;
      readonly pack?: string;
      readonly composition?: string;
    },
  ): Promise<{ snapshot: Snapshot; links: Links }>;
  key(...scopes: readonly (Scope | '*')[]): Promise<{ authorization: string }>;
  events(snapshotId: string): Promise<{ kind: string; machine: boolean; data: unknown }[]>;
  close(): Promise<void>;
}

/** The server on everything real but what draws pictures: those tests need a browser, and have one elsewhere. */
export async function openHouse(
  options: { readonly smtpUrl?: string; readonly site?: SiteAssets; readonly speech?: string } = {},
): Promise<House> {
  const made = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'dearly-http-'));
  const config = readConfig({
    DATABASE_URL: made.url,
    DEARLY_DATA_DIR: dataDir,
    SMTP_URL: options.smtpUrl,
    DEARLY_SPEECH: options.speech,
  });
  const wire = await openWire(config);
  const assets = join(dataDir, 'assets');
  await mkdir(assets);
  await writeFile(join(assets, 'main-1a2b3c.js'), 'export {};\n');
  await writeFile(join(assets, 'main-1a2b3c.css'), 'dearly-video{display:block}\n');
  const video: House['video'] = { requests: 0, state: { state: 'absent' } };
  let log = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log += chunk;
      done();
    },
  });
  const videos: ServerParts['videos'] = {
    peek: async (_, format) => {
      video.format = format;
      return video.state;
    },
    request: async (_, format) => {
      video.format = format;
      video.requests++;
      return video.state;
    },
  };
  const stills: ServerParts['stills'] = {
    get: async (_, name) => ({
      key: 'poster/test.jpg',
      contentType: contentTypeOf(name),
      isDrawn: false,
      sizeBytes: (await wire.store.head('poster/test.jpg'))?.sizeBytes ?? 0,
    }),
  };
  // The real one, started by the first document; its browser is unpacked once for all tests.
  const printer = createPrinter({ browserPath: testBrowser, dataDir: resolve('.dearly/tests') });
  let printed = 0;
  const pdfs = makePdfs({
    ...wire,
    stills,
    printer: {
      print: (...document) => {
        printed++;
        return printer.print(...document);
      },
    },
    isKept: (id) => isSnapshotKept(wire.db, id),
  });
  const parts: ServerParts = {
    ...wire,
    videos,
    stills,
    pdfs,
    site: options.site ?? {
      dir: assets,
      scriptUrl: '/assets/main-1a2b3c.js',
      styleUrl: '/assets/main-1a2b3c.css',
      criticalCss: '',
      askingUrl: '/assets/asking-1a2b3c.css',
      fontUrl: '/assets/face-1a2b3c.woff2',
      styleHashes: [`'sha256-${Buffer.alloc(32).toString('base64')}'`],
    },
    plan: planAhead(wire),
    renderOne: (request) =>
      renderOne(request, { ...wire, videos: { ...wire.videos, ...videos }, stills, pdfs }),
    log: { level: 'trace', stream },
  };
  const app = await buildServer(parts);
  await app.ready();
  return {
    app,
    wire,
    parts,
    video,
    printed: () => printed,
    log: () => log,
    async person(patch = {}) {
      const { externalId: _, ...rest } = sample as unknown as ProfilePatch;
      const externalId = patch.externalId ?? `T-${randomUUID()}`;
      await wire.profiles.keep({ ...rest, ...patch, externalId });
      const profile = await wire.profiles.find(externalId);
      if (!profile) throw new Error('not kept');
      return profile;
    },
    async links(person, options = {}) {
      const { expiresInMs = 60_000, pack = 'statement', gate = false } = options;
      const composition = options.composition ?? (pack === 'statement' ? pack : undefined);
      const how = { variant: 'a', tracking: isConsented(person.consents, 'tracking') };
      const snapshot = await snapshotOf(person, how, { pack, composition, sender: 'nordlicht', gate }, wire);
      await wire.keepSnapshot(snapshot, new Date(Date.now() + expiresInMs));
      const { site, ...rest } = makeLinks(wire.secret, snapshot, { api: '', site: '' });
      return { snapshot, links: { site, ...rest } };
    },
    async key(...scopes) {
      const { key } = await createKey(wire.db, { name: 'test', scopes });
      return { authorization: `Bearer ${key}` };
    },
    events: (snapshotId) =>
      wire.db
        .selectFrom('events')
        .select(['kind', 'machine', 'data'])
        .where('snapshot_id', '=', snapshotId)
        .orderBy('id')
        .execute(),
    async close() {
      await app.close();
      await printer.close();
      await wire.close();
      await made.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
