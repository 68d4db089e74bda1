// Enters: Config. Leaves: Wire, every adapter built once. Never: imported by a room; shells alone hold it.

import type { Database } from '../adapters/postgres/connect.ts';
import type { PgQueue } from '../adapters/postgres/queue.ts';
import type { Config } from '../config.ts';
import type { Transport } from '../deliver/transport.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import type { Renderer } from '../render/renderer.ts';
import type { Shelf } from '../run/shelf.ts';

export interface Wire {
  readonly config: Config;
  readonly db: Database;
  readonly databaseUrl: string;
  readonly queue: PgQueue;
  readonly store: ArtefactStore;
  /** Starts its browser at the first picture. */
  readonly renderer: Renderer;
  readonly transport: Transport;
  /** Packs, compositions and senders, loaded and checked. */
  readonly shelf: Shelf;
  /** Signs links; 32 bytes at least. */
  readonly secret: Buffer;
  /** Origins without a trailing slash. Known once the server listens, hence a function. */
  readonly origins: () => { readonly api: string; readonly site: string };
  close(): Promise<void>;
}
