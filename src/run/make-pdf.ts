// Enters: a snapshot. Leaves: its page as a PDF, made once and kept, or made for whoever takes the bytes along.
// Never: one that stays when its person is erased, or one made twice at once; whoever asks meanwhile waits for the first.
import { buffer } from 'node:stream/consumers';
import { DearlyError } from '../errors.ts';
import { mergePrint, type PrintPage, titleOf } from '../merge/print/merge-print.ts';
import type { PrintPicture } from '../merge/print/on-paper.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { pdfKey, pdfNoteKey } from '../render/artefact-key.ts';
import type { ArtefactStore } from '../render/artefact-store.ts';
import type { PrintDocument, Printer } from '../render/printer.ts';
import { shownKeys } from '../render/shown-keys.ts';
import { makeLinks, type Origins } from '../track/make-links.ts';
import type { Pictures } from './make-picture.ts';
import { readPdfNote } from './pdf-note.ts';
import { readStored } from './read-stored.ts';
import { removeArtefacts } from './remove-artefacts.ts';
import { shareWork } from './share-work.ts';
import type { Shelf } from './shelf.ts';
import type { Stills } from './video/make-stills.ts';

export interface KeptPdf {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface Pdfs {
  /** Starts nothing. Null where it is not kept, or the page has changed since: its sender's address, say. @throws DearlyError `pack-missing` where the message has no page */
  peek(snapshot: Snapshot): Promise<KeptPdf | null>;
  /** Of a snapshot that is kept. @throws DearlyError `pack-missing`, `render-failed`, `browser-unavailable`, `artefact-missing` where its person was erased meanwhile */
  get(snapshot: Snapshot, signal?: AbortSignal): Promise<KeptPdf>;
  /** Its bytes, for a message that nobody has agreed to send yet: nothing is kept. */
  draw(snapshot: Snapshot, signal?: AbortSignal): Promise<Uint8Array>;
  /** What a browser calls it when it is saved, in the person's language. */
  nameOf(snapshot: Snapshot): Promise<string>;
}

export interface PdfTools {
  readonly store: ArtefactStore;
  readonly shelf: Pick<Shelf, 'packAt' | 'sender'>;
  readonly stills: Pick<Stills, 'get'>;
  readonly pictures: Pictures;
  readonly printer: Pick<Printer, 'print'>;
  readonly secret: Buffer;
  readonly origins: () => Origins;
  /** Whether the snapshot is there (still). */
  readonly isKept: (snapshotId: string) => Promise<boolean>;
}

/** More than so many waiting take the better part of a minute: whoever comes then is asked to come again. */
const mostWaiting = 200;

export function makePdfs(tools: PdfTools): Pdfs {
  const { store, shelf, printer } = tools;
  const share = shareWork<KeptPdf>();
  let waiting = 0;

  async function pageOf(snapshot: Snapshot): Promise<PrintPage> {
    const pack = await shelf.packAt(snapshot.pack.name, snapshot.pack.version);
    const sender = await shelf.sender(snapshot.sender);
    const links = makeLinks(tools.secret, snapshot, tools.origins());
    return mergePrint(snapshot, pack, { links, sender });
  }

  async function find(page: PrintPage): Promise<KeptPdf | null> {
    const key = pdfKey(page);
    const head = await store.head(key);
    return head && { key, sizeBytes: head.sizeBytes };
  }

  async function print(page: PrintPage, snapshot: Snapshot, signal?: AbortSignal): Promise<Uint8Array> {
    const { html, css, pictures } = page;
    const files: [string, { bytes: Uint8Array; type: string }][] = [];
    for (const picture of pictures) {
      const bytes = await bytesOf(picture, snapshot, signal);
      if (bytes !== null) files.push([picture.path, { bytes, type: 'image/jpeg' }]);
    }
    const document: PrintDocument = { html, css, files: new Map(files) };
    return await printer.print(document, signal);
  }

  /** A picture that cannot be drawn leaves its words behind: the figures are what the document is for. */
  async function bytesOf(
    { artefact }: PrintPicture,
    snapshot: Snapshot,
    signal?: AbortSignal,
  ): Promise<Uint8Array | null> {
    try {
      const { key } =
        artefact === 'poster'
          ? await tools.stills.get(snapshot, 'poster.jpg', undefined, signal)
          : await tools.pictures.get(snapshot, artefact.slice('pictures/'.length));
      return await buffer(await store.read(key));
    } catch (error) {
      if (signal?.aborted || !(error instanceof DearlyError)) throw error;
      return null;
    }
  }

  async function make(page: PrintPage, snapshot: Snapshot, signal: AbortSignal): Promise<KeptPdf> {
    if (waiting >= mostWaiting)
      throw new DearlyError('render-failed', 'Too many documents are being made; ask again in a moment.');
    waiting += 1;
    try {
      const bytes = await print(page, snapshot, signal);
      return await keep(pdfKey(page), bytes, snapshot);
    } finally {
      waiting -= 1;
    }
  }

  /** The note first: by it alone whoever erases the person finds the document. */
  async function keep(key: string, bytes: Uint8Array, snapshot: Snapshot): Promise<KeptPdf> {
    const { id } = snapshot;
    const noteKey = pdfNoteKey(id);
    const before = await readPdfNote(store, noteKey);
    if (before !== key) await store.put(noteKey, Buffer.from(JSON.stringify({ key })), 'application/json');
    await store.put(key, bytes, 'application/pdf');
    if (before !== null && before !== key) await store.remove(before);
    if (await tools.isKept(id)) return { key, sizeBytes: bytes.byteLength };
    // With the pictures that were drawn for it.
    await removeArtefacts(store, [noteKey, ...shownKeys(snapshot)]);
    throw new DearlyError('artefact-missing', 'The person was erased.');
  }

  return {
    peek: async (snapshot) => await find(await pageOf(snapshot)),
    async get(snapshot, signal) {
      const page = await pageOf(snapshot);
      const kept = await find(page);
      return kept ?? (await share(pdfKey(page), (end) => make(page, snapshot, end), signal));
    },
    async draw(snapshot, signal) {
      const page = await pageOf(snapshot);
      return (await readStored(store, pdfKey(page))) ?? (await print(page, snapshot, signal));
    },
    async nameOf(snapshot) {
      const pack = await shelf.packAt(snapshot.pack.name, snapshot.pack.version);
      return `${titleOf(snapshot, pack, await shelf.sender(snapshot.sender))}.pdf`;
    },
  };
}
