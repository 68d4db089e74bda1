import type { Writable } from 'node:stream';
import type { Database } from '../../adapters/postgres/connect.ts';
import type { ArtefactStore } from '../../render/artefact-store.ts';
import type { CampaignBook } from '../../run/campaign/campaign-book.ts';
import type { Counts } from '../../run/campaign/counts.ts';
import type { ChatTools } from '../../run/chat/pass-on.ts';
import type { Ledger } from '../../run/ledger.ts';
import type { Pdfs } from '../../run/make-pdf.ts';
import type { Pictures } from '../../run/make-picture.ts';
import type { Rendered, RenderRequest } from '../../run/render-one.ts';
import type { Shelf } from '../../run/shelf.ts';
import type { TriggerTools } from '../../run/take-trigger.ts';
import type { Assets } from '../../run/video/fetch-assets.ts';
import type { Stills } from '../../run/video/make-stills.ts';
import type { Videos } from '../../run/video/make-video.ts';
import type { Voices } from '../../run/video/make-voices.ts';
import type { Webhooks } from '../../run/webhooks/webhooks.ts';
import type { Intake } from '../../track/intake.ts';
import type { Origins } from '../../track/make-links.ts';
import type { ReportCounts } from '../listen-for-reports.ts';
import type { PlanAhead } from '../plan-ahead.ts';

/** The recipient's page as built for the browser. */
export interface SiteAssets {
  /** Folder behind `/assets/`; names in it carry a hash of their content. */
  readonly dir: string;
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** What every page holds in its head, and the face that it is written in. */
  readonly criticalCss: string;
  readonly askingUrl: string;
  readonly fontUrl: string;
  /** CSP sources (`'sha256-…'`) for the styles that the player injects without a nonce. */
  readonly styleHashes: readonly string[];
}

/** All that the server needs of the house; the wire has it, and a test can bring its own. */
export interface ServerParts extends Pick<TriggerTools, 'triggerEvents' | 'queue' | 'profiles'> {
  readonly db: Database;
  readonly store: ArtefactStore;
  readonly shelf: Shelf;
  readonly ledger: Ledger;
  readonly campaigns: CampaignBook;
  readonly counts: Counts;
  /** Keeps what pages report and links are hit by. */
  readonly intake: Intake;
  readonly plan: PlanAhead;
  readonly videos: Pick<Videos, 'peek' | 'request'>;
  readonly voices: Voices;
  readonly stills: Stills;
  readonly pictures: Pictures;
  readonly pdfs: Pick<Pdfs, 'peek' | 'get' | 'nameOf'>;
  readonly assets: Pick<Assets, 'get'>;
  readonly webhooks: Webhooks;
  readonly chat: ChatTools;
  readonly site: SiteAssets;
  /** Signs links. */
  readonly secret: Buffer;
  /** What links may be signed with, and secrets sealed: ours first, then the one before while it is replaced. */
  readonly secrets: readonly Buffer[];
  /** Keys the hashes of the suppression list; stays when the secret is replaced. */
  readonly addressKey: Buffer;
  readonly origins: () => Origins;
  readonly renderOne: (request: RenderRequest) => Promise<Rendered>;
  readonly now: () => Date;
  /** Of the listener that takes bounces, where this process has one. */
  readonly reportCounts?: () => ReportCounts;
  readonly log?: { readonly level: string; readonly stream?: Writable };
}
