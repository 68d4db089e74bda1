import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import type { Site } from '../../src/adapters/chromium/build-site.ts';
import type { Storyboard } from '../../src/merge/snapshot.ts';
import { theme } from '../../templates/theme.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export interface ServedPage {
  readonly url: string;
  /** Bodies that came to the answer address. */
  readonly answers: { readonly events: readonly { readonly kind: string; readonly data: object }[] }[];
  close(): Promise<void>;
}

/** A recipient's page with nothing but the film, under the policy that real pages have. */
export async function servePage(options: {
  readonly site: Site;
  readonly storyboard: Storyboard;
  readonly poster: Uint8Array;
  readonly tracking: boolean;
}): Promise<ServedPage> {
  const { site, storyboard, poster, tracking } = options;
  const answers: ServedPage['answers'] = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    if (request.method === 'POST' && path === '/a/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      answers.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      return response.writeHead(204).end();
    }
    if (path === '/poster.jpg') return response.writeHead(200, { 'content-type': 'image/jpeg' }).end(poster);
    if (path.startsWith('/assets/')) {
      const type = types[extname(path)] ?? 'application/octet-stream';
      return response
        .writeHead(200, { 'content-type': type })
        .end(await readFile(join(site.dir, basename(path))));
    }
    if (path !== '/') return response.writeHead(404).end();
    const nonce = randomBytes(16).toString('base64');
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy(nonce, site) });
    response.end(pageHtml({ site, storyboard, tracking, nonce }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    answers,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function policy(nonce: string, site: Site): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'self'`,
    `style-src 'self' 'nonce-${nonce}' ${site.styleHashes.join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
  ].join('; ');
}

function pageHtml(it: { site: Site; storyboard: Storyboard; tracking: boolean; nonce: string }): string {
  const { site, storyboard, tracking, nonce } = it;
  const urls = {
    posterUrl: '/poster.jpg',
    videoUrl: '/v/token.mp4',
    answerUrl: '/a/token',
    links: { tariff: '/c/tariff' },
  };
  const data = JSON.stringify({ storyboard, tracking, ...urls }).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="${storyboard.lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Film</title>
<link rel="stylesheet" href="${site.styleUrl}">
<style nonce="${nonce}">${pageCss}</style>
<script type="module" src="${site.scriptUrl}" nonce="${nonce}"></script></head>
<body><main><dearly-video><a href="/v/token.mp4"><img src="/poster.jpg" alt="Film"></a></dearly-video></main>
<script type="application/json" id="dearly-page" nonce="${nonce}">${data}</script></body></html>`;
}

const variables = (mode: 'light' | 'dark') => {
  const it = theme.colors[mode];
  return `--paper:${it.paper};--ink:${it.ink};--muted:${it.inkSoft};--accent:${it.accent};--line:${it.line};--surface:${it.card};--font:${theme.font.stack};`;
};
const pageCss = `:root{${variables('light')}}@media (prefers-color-scheme:dark){:root{${variables('dark')}}}
body{margin:0;background:var(--paper)}main{max-width:860px;margin:0 auto;padding:24px 16px}`;
