// Enters: documents. Leaves: their PDFs, printed by pages of a kept browser that can reach what came with each document, and our fonts.
// Never: a script that runs, a request beyond that, a document tried a third time, or a browser that nobody has needed for a minute.
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { DearlyError } from '../../../errors.ts';
import type { PrintDocument, Printer } from '../../../render/printer.ts';
import { openStageBrowser } from '../fast-lane/open-stage-browser.ts';
import { createPagePool, type PagePool } from '../fast-lane/page-pool.ts';
import { PageLost } from '../fast-lane/stage-page.ts';
import type { ReadStageFile } from '../fast-lane/stage-server.ts';
import { reapBrowsers } from '../reap-browsers.ts';
import { openPrintFonts, type PrintFonts } from './print-fonts.ts';
import { createPrintSheet, type PrintSheet } from './print-sheet.ts';

export interface PrinterOptions {
  /** Asked for once, when the first document is printed. */
  readonly browserPath: () => Promise<string>;
  /** Keeps browsers' profiles and their records. */
  readonly dataDir: string;
  /** Documents printed side by side; as many as there are cores unless said otherwise. */
  readonly pages?: number;
  readonly documentsPerPage?: number;
  readonly pagesPerBrowserLife?: number;
  /** A browser without work ends after so long. */
  readonly idleMs?: number;
  /** How a browser is opened, where a test wants to look at it. */
  readonly openBrowser?: typeof openStageBrowser;
}

/** Styles, letters and pictures of this document, and nothing else. No script at all: not even one that the browser would ignore. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  // Letters are fetched by origin, so the document keeps its own.
  'sandbox allow-same-origin',
].join('; ');

const tries = 2;
const blank = { bytes: Buffer.from('<!doctype html><title>-</title>'), type: 'text/html; charset=utf-8' };

export function createPrinter(options: PrinterOptions): Printer {
  const { idleMs = 60_000 } = options;
  const documents = new Map<string, PrintDocument>();
  let opening: Promise<PagePool<PrintSheet>> | null = null;
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;

  /** What failed to open is tried again the next time. */
  function enter(): Promise<PagePool<PrintSheet>> {
    opening ??= openPool(options, documents).catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const opened = opening;
    opening = null;
    await opened?.then((pool) => pool.close()).catch(() => {});
  }

  async function attempt(name: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
    for (let at = 1; ; at++) {
      try {
        const pool = await enter();
        return await pool.use((sheet) => sheet.print(`document/${name}/page.html`), signal);
      } catch (fault) {
        if (!(fault instanceof PageLost)) throw fault;
        signal?.throwIfAborted();
        if (at < tries && opening !== null) continue;
        throw new DearlyError('render-failed', `A document could not be printed: ${fault.message}.`, {
          cause: fault,
        });
      }
    }
  }

  return {
    async print(document, signal) {
      const name = randomUUID();
      documents.set(name, document);
      waiting += 1;
      clearTimeout(idle);
      try {
        return await attempt(name, signal);
      } finally {
        documents.delete(name);
        waiting -= 1;
        // A browser holds some 150 MB; whoever prints rarely gets a new one within a second.
        if (waiting === 0) idle = setTimeout(() => void close(), idleMs).unref();
      }
    },
    close,
  };
}

async function openPool(
  options: PrinterOptions,
  documents: ReadonlyMap<string, PrintDocument>,
): Promise<PagePool<PrintSheet>> {
  const { dataDir, pages = availableParallelism(), openBrowser = openStageBrowser } = options;
  const [browserPath, fonts] = await Promise.all([
    options.browserPath(),
    openPrintFonts(),
    reapBrowsers(dataDir),
  ]);
  const read = readFrom(documents, fonts);
  return createPagePool({
    openBrowser: () => openBrowser({ browserPath, dataDir, read, policy }),
    prepare: createPrintSheet,
    pages,
    pagesPerBrowser: pages,
    tasksPerPage: options.documentsPerPage ?? 200,
    pagesPerBrowserLife: options.pagesPerBrowserLife ?? 10,
  });
}

/** `document/<name>/…` while it is printed, and `font/<file>`. */
function readFrom(documents: ReadonlyMap<string, PrintDocument>, fonts: PrintFonts): ReadStageFile {
  return async (path) => {
    if (path === 'index.html') return blank;
    const [folder, name = '', ...rest] = path.split('/');
    if (folder === 'font') return await fonts.read(name);
    const document = folder === 'document' ? documents.get(name) : undefined;
    if (document === undefined) return null;
    const file = rest.join('/');
    if (file === 'page.html') return { bytes: Buffer.from(document.html), type: 'text/html; charset=utf-8' };
    if (file === 'page.css')
      return { bytes: Buffer.from(`${fonts.css}\n${document.css}`), type: 'text/css; charset=utf-8' };
    return document.files.get(file) ?? null;
  };
}
