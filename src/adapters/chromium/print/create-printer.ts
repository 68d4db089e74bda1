// Enters: documents. Leaves: their PDFs, printed by pages of a kept browser that can reach what came with each document, and our fonts.
// Never: a script that runs, a request beyond that, a document tried a third time, or a browser that nobody has needed for a minute.
import { availableParallelism } from 'node:os';
import { DearlyError } from '../../../errors.ts';
import { type PrintDocument, type Printer, pageStyle } from '../../../render/printer.ts';
import { openStageBrowser } from '../fast-lane/open-stage-browser.ts';
import { createPagePool, type PagePool } from '../fast-lane/page-pool.ts';
import { PageLost } from '../fast-lane/stage-page.ts';
import { reapBrowsers } from '../reap-browsers.ts';
import { openPrintFonts } from './print-fonts.ts';
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

/** Letters from us; styles and pictures stand in the document itself. No script at all: not even one that the browser would ignore. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "font-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  // Letters are fetched by origin, so the document keeps its own.
  'sandbox allow-same-origin',
].join('; ');

const tries = 2;
const blank = { bytes: Buffer.from('<!doctype html><title>-</title>'), type: 'text/html; charset=utf-8' };

interface Press {
  readonly pool: PagePool<PrintSheet>;
  readonly fontCss: string;
}

export function createPrinter(options: PrinterOptions): Printer {
  const { idleMs = 60_000 } = options;
  let opening: Promise<Press> | null = null;
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;

  /** What failed to open is tried again the next time. */
  function enter(): Promise<Press> {
    opening ??= openPress(options).catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const opened = opening;
    opening = null;
    await opened?.then(({ pool }) => pool.close()).catch(() => {});
  }

  async function attempt(document: PrintDocument, signal: AbortSignal | undefined): Promise<Uint8Array> {
    for (let at = 1; ; at++) {
      try {
        const { pool, fontCss } = await enter();
        return await pool.use((sheet) => sheet.print(inOne(document, fontCss)), signal);
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
      waiting += 1;
      clearTimeout(idle);
      try {
        return await attempt(document, signal);
      } finally {
        waiting -= 1;
        // A browser holds some 150 MB; whoever prints rarely gets a new one within a second.
        if (waiting === 0) idle = setTimeout(() => void close(), idleMs).unref();
      }
    },
    close,
  };
}

async function openPress(options: PrinterOptions): Promise<Press> {
  const { dataDir, pages = availableParallelism(), openBrowser = openStageBrowser } = options;
  const [browserPath, fonts] = await Promise.all([
    options.browserPath(),
    openPrintFonts(),
    reapBrowsers(dataDir),
  ]);
  const read = async (path: string) => {
    if (path === 'index.html') return blank;
    return path.startsWith('font/') ? await fonts.read(path.slice('font/'.length)) : null;
  };
  const pool = createPagePool({
    openBrowser: () => openBrowser({ browserPath, dataDir, read, policy }),
    prepare: createPrintSheet,
    pages,
    pagesPerBrowser: pages,
    tasksPerPage: options.documentsPerPage ?? 200,
    pagesPerBrowserLife: options.pagesPerBrowserLife ?? 10,
  });
  return { pool, fontCss: fonts.css };
}

/** The document with all that it asks for in it. */
function inOne({ html, css, files }: PrintDocument, fontCss: string): string {
  const style = `<style>\n${fontCss}\n${css.replaceAll('</', '<\\/')}\n</style>`;
  let whole = html.replace(pageStyle, () => style);
  for (const [path, { bytes, type }] of files) {
    const address = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
    whole = whole.replaceAll(`src="${path}"`, () => `src="${address}"`);
  }
  return whole;
}
