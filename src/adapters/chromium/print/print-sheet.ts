import type { Page } from 'puppeteer-core';
import { closePage } from '../close-page.ts';
import { PageLost } from '../fast-lane/stage-page.ts';

export interface PrintSheet {
  /** HTML that holds its styles and pictures. @throws PageLost where the browser does not answer */
  print(html: string): Promise<Uint8Array>;
  /** False when its renderer does not let go: then only the browser's end ends it. */
  close(): Promise<boolean>;
}

/** Loading and printing take a tenth of a second; what takes so long hangs. */
const timeoutMs = 20_000;
/** A page is set for the screen at 16 pixels; on A4 the same letters read well at 9.6 points. */
const scale = 0.8;

export async function createPrintSheet(page: Page): Promise<PrintSheet> {
  const gone = new Promise<never>((_, reject) => {
    page.once('error', () => reject(new PageLost('its page crashed', true)));
    page.once('close', () => reject(new PageLost('its page was closed', false)));
  });
  gone.catch(() => {});
  const home = page.url();
  await page.setJavaScriptEnabled(false);
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: 'light' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);

  /** Written into the page that is there: each one loaded anew would cost four times the work, most of it for its letters. */
  async function make(html: string): Promise<Uint8Array> {
    if (page.url() !== home) throw new Error('it was led elsewhere');
    await page.setContent(html, { waitUntil: 'load', timeout: timeoutMs });
    return await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      scale,
      tagged: true,
      outline: true,
      timeout: timeoutMs,
    });
  }

  return {
    print: (html) => Promise.race([make(html).catch(asLost), gone]),
    close: () => closePage(page),
  };
}

function asLost(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new PageLost(`its page does not answer (${reason})`, true);
}
