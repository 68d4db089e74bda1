import type { Readable } from 'node:stream';

/** Content-addressed keeping of what was rendered. A key is visible only once its content is whole. */
export interface ArtefactStore {
  /** Replaces what stood under `key` at once, or leaves it as it was. `body` is bytes, or the path of a file to copy. */
  put(key: string, body: Uint8Array | { readonly file: string }, contentType: string): Promise<void>;
  /** Null when there is nothing under `key`. */
  head(key: string): Promise<ArtefactHead | null>;
  /** `range` counts bytes, both ends included (RFC 9110 §14.1.2). @throws DearlyError `artefact-missing` */
  read(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>;
  /** Nothing happens when there is nothing. */
  remove(key: string): Promise<void>;
}

export interface ArtefactHead {
  readonly sizeBytes: number;
  readonly contentType: string;
}
