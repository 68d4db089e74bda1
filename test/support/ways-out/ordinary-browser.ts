import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Page } from 'puppeteer-core';
import type { ReadStageFile } from '../../../src/adapters/chromium/fast-lane/stage-server.ts';

/** What the stage is compared with: the same browser and the same files without its walls. */
export async function openOrdinaryBrowser(
  browserPath: string,
  read: ReadStageFile,
): Promise<{ openPage(): Promise<Page>; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const found = await read((request.url ?? '').slice(1).split('?', 1)[0] ?? '');
    if (found === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const browser = await puppeteer.launch({
    executablePath: browserPath,
    headless: 'shell',
    args: ['--no-sandbox'],
    pipe: true,
  });
  return {
    async openPage() {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/index.html`);
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
