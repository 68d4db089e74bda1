// Enters: Config. Leaves: Wire, every adapter built once and started when first used.
// Never: imported by a room. The shells alone hold it, and close it.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createLanes } from '../adapters/chromium/choose-lane.ts';
import { createFastLane } from '../adapters/chromium/fast-lane/fast-lane.ts';
import { probeFastLane } from '../adapters/chromium/fast-lane/probe-fast-lane.ts';
import { findBrowser } from '../adapters/chromium/find-browser.ts';
import { createPrinter } from '../adapters/chromium/print/create-printer.ts';
import { createReferenceLane } from '../adapters/chromium/reference-lane.ts';
import { guardedFetch } from '../adapters/fetch/guarded-fetch.ts';
import { assertWebhookUrl, createPostForAnswer, createPostWebhook } from '../adapters/fetch/post-webhook.ts';
import { ffmpegSoundCodec } from '../adapters/ffmpeg/sound-codec.ts';
import { takeFolder } from '../adapters/files/take-folder.ts';
import { type Folders, openShelf } from '../adapters/packs/shelf.ts';
import { soundFiles } from '../adapters/packs/sound-files.ts';
import { postgresCampaigns } from '../adapters/postgres/campaigns.ts';
import { postgresChats } from '../adapters/postgres/chats/postgres-chats.ts';
import { postgresChores } from '../adapters/postgres/chores.ts';
import { type Database, openDatabase } from '../adapters/postgres/connect.ts';
import { postgresCounts } from '../adapters/postgres/counts.ts';
import { openEmbeddedPostgres } from '../adapters/postgres/embedded/embedded.ts';
import { openIntake } from '../adapters/postgres/event-intake.ts';
import { postgresFilmIndex } from '../adapters/postgres/film-index.ts';
import { findProfileByEither } from '../adapters/postgres/find-profile.ts';
import { openAddressKey } from '../adapters/postgres/house-keys.ts';
import { isSnapshotKept } from '../adapters/postgres/is-snapshot-kept.ts';
import { keepSnapshot } from '../adapters/postgres/keep-snapshot.ts';
import { lazyQueue } from '../adapters/postgres/lazy-queue.ts';
import { postgresLedger } from '../adapters/postgres/ledger/postgres-ledger.ts';
import { postgresLocks } from '../adapters/postgres/locks.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import type { PgQueue } from '../adapters/postgres/queue.ts';
import { postgresRates } from '../adapters/postgres/rates.ts';
import { upsertProfiles } from '../adapters/postgres/upsert-profiles.ts';
import { postgresVideoJobs } from '../adapters/postgres/video-jobs.ts';
import { forgetOldDeliveries } from '../adapters/postgres/webhooks/delivery-log.ts';
import { postgresOutbox } from '../adapters/postgres/webhooks/outbox.ts';
import { postgresTriggerEvents } from '../adapters/postgres/webhooks/trigger-events.ts';
import { lazyTransport } from '../adapters/smtp/lazy-transport.ts';
import { openSpeech } from '../adapters/speech/open-speech.ts';
import { openStore } from '../adapters/storage/open-store.ts';
import type { Config } from '../config.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import { makeAttach } from '../run/attach.ts';
import type { CampaignBook } from '../run/campaign/campaign-book.ts';
import type { Counts } from '../run/campaign/counts.ts';
import type { ChatTools } from '../run/chat/pass-on.ts';
import type { Locks } from '../run/locks.ts';
import { makePdfs, type Pdfs } from '../run/make-pdf.ts';
import { makePictures, type Pictures } from '../run/make-picture.ts';
import type { Rates } from '../run/pace/rates.ts';
import type { RenderTools } from '../run/render-one.ts';
import type { Shelf } from '../run/shelf.ts';
import type { TriggerEvents } from '../run/take-trigger.ts';
import type { ChoreBook } from '../run/tick.ts';
import type { DrawTools } from '../run/video/draw-video.ts';
import { type Assets, makeAssets } from '../run/video/fetch-assets.ts';
import { makeClips } from '../run/video/find-clip.ts';
import { keepFilms } from '../run/video/keep-films.ts';
import { keepSegments } from '../run/video/keep-segments.ts';
import { makeSounds } from '../run/video/make-sound.ts';
import { makeStills } from '../run/video/make-stills.ts';
import { makeVideos } from '../run/video/make-video.ts';
import { makeVoices, type Voices } from '../run/video/make-voices.ts';
import type { Webhooks } from '../run/webhooks/webhooks.ts';
import type { Intake } from '../track/intake.ts';
import type { Origins } from '../track/make-links.ts';
import { followSecrets, readSecrets, type Secrets } from './secret.ts';
import { workingFolders } from './working-folders.ts';

export interface Wire extends RenderTools {
  readonly config: Config;
  readonly db: Database;
  readonly store: ArtefactStore;
  /** What links may be signed with, and secrets sealed: ours first, then the one before while it is replaced. */
  readonly secrets: Secrets;
  /** Keys the hashes of the suppression list; stays when the secret is replaced. */
  readonly addressKey: Buffer;
  /** What `drawVideo` takes. */
  readonly draw: DrawTools;
  readonly shelf: Shelf;
  readonly queue: PgQueue;
  readonly locks: Locks;
  readonly rates: Rates;
  readonly chores: ChoreBook;
  /** False where no mail server is named: then runs are left to others. */
  readonly canSend: boolean;
  readonly campaigns: CampaignBook;
  readonly pictures: Pictures;
  readonly voices: Voices;
  readonly pdfs: Pdfs;
  readonly assets: Assets;
  readonly counts: Counts;
  readonly intake: Intake;
  readonly folders: Folders;
  readonly triggerEvents: TriggerEvents;
  readonly webhooks: Webhooks;
  readonly chat: ChatTools;
  /** Links lead to where the server listens, unless PUBLIC_URL and SITE_URL say otherwise. */
  listensAt(url: string): void;
  close(): Promise<void>;
}

export interface WireOptions {
  readonly folders?: Folders;
  /** Instead of SMTP_URL: the demo's inbox. */
  readonly smtpUrl?: string;
  /** To the mail server, at most; 5 by default. */
  readonly connections?: number;
  /** A queue that fails on its own (the database went away) says so here. */
  readonly onQueueError?: (error: Error) => void;
}

export async function openWire(config: Config, options: WireOptions = {}): Promise<Wire> {
  const folders = options.folders ?? workingFolders;
  await takeFolder(join(config.dataDir, 'work'));
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const databaseUrl = config.databaseUrl ?? (await openEmbedded(config, closers));
    await migrate(databaseUrl);
    const db = openDatabase(databaseUrl);
    closers.push(() => db.destroy());
    const { secrets, stop } = followSecrets(config, await readSecrets(config));
    closers.push(async () => stop());
    const [secret] = secrets;
    const addressKey = await openAddressKey(db, secrets);
    const store = openStore(config.storageUrl, config.dataDir);
    const assets = makeAssets({ store, fetchAsset: guardedFetch });
    const stage = {
      browserPath: async () => (await findBrowser(config)).path,
      dataDir: config.dataDir,
      compositionsDir: folders.compositions,
    };
    const lanes = createLanes({
      videoLane: config.videoLane,
      fast: createFastLane({ ...stage, assets: assets.read }),
      reference: createReferenceLane({ ...stage, assets: assets.read }),
      probe: () => probeFastLane(stage),
    });
    closers.push(() => lanes.close());
    const printer = createPrinter(stage);
    closers.push(() => printer.close());
    const locks = postgresLocks(databaseUrl);
    closers.push(() => locks.close());
    const smtpUrl = options.smtpUrl ?? config.smtpUrl;
    const transport = lazyTransport(smtpUrl, options.connections ?? 5);
    closers.push(() => transport.close());
    const queue = lazyQueue(databaseUrl, options.onQueueError ?? (() => {}));
    closers.push(() => queue.close());

    const fallback = `http://${config.host}:${config.port}`;
    let origins: Origins = {
      api: config.publicUrl ?? fallback,
      site: config.siteUrl ?? fallback,
    };
    const shelf = openShelf(folders, db);
    const pictures = makePictures({ store, shelf });
    const jobs = postgresVideoJobs(db);
    const films = keepFilms({ store, index: postgresFilmIndex(db), budgetBytes: config.filmBudgetBytes });
    const sound = {
      store,
      films,
      clips: makeClips({ store, files: soundFiles(folders.compositions), fetchAsset: guardedFetch }),
      codec: ffmpegSoundCodec(join(config.dataDir, 'work')),
      speech: openSpeech(config),
    };
    const draw: DrawTools = {
      laneFor: lanes.laneFor,
      films,
      segments: keepSegments({ store, films, locks }),
      sounds: makeSounds(sound),
      assets,
    };
    const local = { isLocalAllowed: config.webhooksLocal };
    const webhooks: Webhooks = {
      outbox: postgresOutbox(db, secrets, () => new Date()),
      post: createPostWebhook(local),
      assertUrl: (url) => assertWebhookUrl(url, local),
      forgetOld: async () => void (await forgetOldDeliveries(db)),
      now: () => new Date(),
      random: Math.random,
    };
    if (config.chat !== undefined) assertWebhookUrl(config.chat.url, local);
    const chat: ChatTools = {
      chats: postgresChats(db),
      desk: config.chat ?? null,
      postForAnswer: createPostForAnswer(local),
      now: () => new Date(),
      random: Math.random,
    };
    const stills = makeStills({ store, laneFor: draw.laneFor, assets });
    const isKept = (id: string) => isSnapshotKept(db, id);
    const pdfs = makePdfs({
      store,
      shelf,
      stills,
      pictures,
      printer,
      secret,
      origins: () => origins,
      isKept,
    });
    return {
      config,
      folders,
      db,
      store,
      transport,
      queue,
      locks,
      rates: postgresRates(db),
      chores: postgresChores(db),
      canSend: smtpUrl !== undefined,
      secret,
      secrets,
      addressKey,
      shelf,
      ledger: postgresLedger(db, addressKey),
      campaigns: postgresCampaigns(db),
      videos: makeVideos({ ...draw, jobs, stills, pdfs, store, queue }),
      draw,
      voices: makeVoices({ ...sound, isKept }),
      stills,
      pdfs,
      pictures,
      intake: openIntake(db),
      webhooks,
      chat,
      triggerEvents: postgresTriggerEvents(db),
      assets,
      counts: postgresCounts(db),
      attach: makeAttach({ store, stills, pictures, pdfs }),
      profiles: {
        find: (key) => findProfileByEither(db, key),
        keep: async (patch) => void (await upsertProfiles(db, [patch])),
      },
      keepSnapshot: (snapshot, expiresAt) => keepSnapshot(db, snapshot, expiresAt),
      origins: () => origins,
      listensAt(url) {
        origins = { api: config.publicUrl ?? url, site: config.siteUrl ?? url };
      },
      now: () => new Date(),
      newId: randomUUID,
      random: Math.random,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEmbedded(config: Config, closers: (() => Promise<void>)[]): Promise<string> {
  const server = await openEmbeddedPostgres(config.dataDir);
  closers.push(() => server.close());
  return server.databaseUrl;
}
