import { createHash, randomBytes } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from '../../../../src/shell/http/server.ts';
import { browser, type House, openHouse } from '../open-house.ts';

let house: House;
let app: House['app'];
beforeAll(async () => {
  house = await openHouse();
  const { log: _, ...quiet } = house.parts;
  app = await buildServer(quiet);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const routes = [
  '/s/:',
  '/v/:.mp4',
  '/v/:.vtt',
  '/i/:/poster.jpg',
  '/p/:.pdf',
  '/c/:',
  '/o/:',
  '/u/:',
  '/k/:',
];

function flipped(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const at = Math.floor(Math.random() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
  return bytes.toString('base64url');
}

test('of 10,000 guesses, half of them one bit away from a real link, none opens anything, and all look alike', async () => {
  const { links } = await house.links(await house.person());
  const real = [
    links.site,
    links.video,
    links.poster,
    links.pdf,
    links.unsubscribe,
    links.answer,
    links.open ?? '',
  ];
  const tokens = real.map((it) => /[\w-]{46}/.exec(it)?.[0] ?? '');
  let asked = 0;
  const wrong: unknown[] = [];
  let look: string | undefined;
  const guess = async () => {
    while (asked < 10_000) {
      const index = asked++;
      const token =
        index % 2 ? randomBytes(34).toString('base64url') : flipped(tokens[index % tokens.length] ?? '');
      const url = (routes[index % routes.length] ?? '').replace(':', token);
      const answer = await app.inject({ method: 'GET', url, headers: browser });
      const { date: _, 'x-ratelimit-remaining': __, 'x-ratelimit-reset': ___, ...headers } = answer.headers;
      const seen = JSON.stringify([answer.statusCode, headers, answer.body]);
      look ??= seen;
      if (answer.statusCode !== 404 || seen !== look) wrong.push([url, answer.statusCode]);
    }
  };
  await Promise.all(Array.from({ length: 20 }, guess));
  expect(wrong).toEqual([]);
  expect((await app.inject({ method: 'GET', url: links.site, headers: browser })).statusCode).toBe(200);
});

type Element = DefaultTreeAdapterTypes.Element;

function elements(node: { readonly childNodes: readonly DefaultTreeAdapterTypes.ChildNode[] }): Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elements(child)] : []));
}
const attribute = ({ attrs }: Element, name: string) => attrs.find((it) => it.name === name)?.value;
const textOf = ({ childNodes: [first] }: Element) => (first && 'value' in first ? first.value : '');

/** What is wrong with a page by its own policy: all that a browser would refuse, and all that would ask somebody else. */
function faultsIn(answer: LightMyRequestResponse): string[] {
  const faults: string[] = [];
  const policy = String(answer.headers['content-security-policy']);
  if (!/^default-src 'none'/.test(policy) || /unsafe|\*|https:/.test(policy)) faults.push(policy);
  for (const door of ["base-uri 'none'", "frame-ancestors 'none'"])
    if (!policy.includes(door)) faults.push(door);
  if (!/html/.test(String(answer.headers['content-type']))) return faults;
  for (const element of elements(parse(answer.body))) {
    const { tagName, attrs } = element;
    const isInline = tagName === 'style' || (tagName === 'script' && attribute(element, 'src') === undefined);
    const hash = createHash('sha256').update(textOf(element)).digest('base64');
    const isTrusted =
      policy.includes(`'nonce-${attribute(element, 'nonce')}'`) || policy.includes(`'sha256-${hash}'`);
    if (isInline && !isTrusted) faults.push(`an inline ${tagName} that the policy does not name`);
    for (const { name, value } of attrs) {
      if (name === 'style' || name.startsWith('on')) faults.push(`${tagName} ${name}`);
      const loads =
        ['src', 'srcset', 'poster', 'action', 'data'].includes(name) ||
        (name === 'href' && tagName === 'link');
      if (
        loads &&
        !/^(\/(?!\/)|\.|#|data:image)/.test(value) &&
        !value.startsWith(house.parts.origins().site)
      )
        faults.push(`${tagName} ${name}=${value}`);
    }
  }
  return faults;
}

test('every page, in every state, keeps to a policy without exceptions and is kept by nobody', async () => {
  const post = { ...browser, 'content-type': 'application/x-www-form-urlencoded' };
  const open = await house.links(await house.person());
  const shut = await house.links(await house.person(), { gate: true });
  const over = await house.links(await house.person(), { expiresInMs: -1 });
  const asked = await house.links(
    await house.person({ facts: { newsletterRequestedAt: '2026-11-03T08:30:00Z' } }),
    { pack: 'welcome' },
  );
  const gate =
    /action="\.\.(\/g\/[^"]+)/.exec(
      (await app.inject({ method: 'GET', url: shut.links.site, headers: browser })).body,
    )?.[1] ?? '';
  const scanner = { 'sec-purpose': 'prefetch' };
  const states: [string, number, string, string?][] = [
    ['page', 200, open.links.site],
    ['answered', 200, `${open.links.site}?answered=clear`],
    ['wrong form', 422, open.links.answer, 'form=clear'],
    ['film in the making', 202, open.links.video],
    ['PDF for later', 202, open.links.pdf],
    ['gate', 200, shut.links.site],
    ['gate of the film', 200, shut.links.video],
    ['wrong answer', 403, gate, 'answer=1'],
    ['unsubscribe', 200, open.links.unsubscribe],
    ['unsubscribed', 200, open.links.unsubscribe, ''],
    ['confirm', 200, asked.links.confirm ?? ''],
    ['confirmed', 200, asked.links.confirm ?? '', ''],
    ['no such link', 404, '/s/nothing'],
    ['nothing here', 404, '/nothing'],
    ['over', 410, over.links.site],
    ['proof', 200, '/proof'],
    ['pixel', 200, open.links.open ?? ''],
    ['captions', 200, open.links.captions],
    ['click', 302, Object.values(open.links.to)[0] ?? ''],
  ];
  for (const [state, status, url, payload] of states) {
    const method = payload === undefined ? 'GET' : 'POST';
    const answer = await app.inject({
      method,
      url,
      headers: payload === undefined ? { ...browser, ...(/later/.test(state) && scanner) } : post,
      payload,
    });
    expect([state, answer.statusCode, faultsIn(answer)]).toEqual([state, status, []]);
    const { headers } = answer;
    expect([state, headers]).toEqual([
      state,
      expect.objectContaining({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': expect.stringContaining('noindex'),
        'cache-control': expect.stringMatching(state === 'captions' ? /^private, / : /^private, no-store$/),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': expect.stringMatching(/^(same|cross)-origin$/),
        'permissions-policy': expect.stringContaining('camera=()'),
      }),
    ]);
  }
  const docs = await app.inject({ method: 'GET', url: '/docs/', headers: browser });
  expect([docs.statusCode, faultsIn(docs)]).toEqual([200, []]);
});

test('where pages have an origin of their own, API and pages stand on their own host alone', async () => {
  const origins = () => ({ api: 'https://api.example', site: 'https://pages.example' });
  const { log: _, ...quiet } = house.parts;
  const apart = await buildServer({ ...quiet, origins });
  const { links } = await house.links(await house.person());
  const ask = async (host: string, url: string) =>
    (await apart.inject({ method: 'GET', url, headers: { ...browser, host } })).statusCode;
  const ofPages = [links.site, links.unsubscribe, links.captions, '/proof'];
  const ofApi = ['/v1/profiles/x', '/docs/', '/openapi.json', '/metrics', '/%6detrics'];
  for (const url of ofPages)
    expect([url, await ask('pages.example', url), await ask('api.example', url)]).toEqual([url, 200, 404]);
  for (const url of ofApi) expect([url, await ask('pages.example', url)]).toEqual([url, 404]);
  for (const url of ofApi) expect([url, await ask('api.example', url)]).not.toEqual([url, 404]);
  // Files of the small pages' look, and probes; a probe asks by whatever name the machine has.
  for (const host of ['pages.example', 'api.example', '10.0.0.7:3000']) {
    expect(await ask(host, house.parts.site.scriptUrl)).toBe(200);
    expect(await ask(host, '/readyz')).toBe(200);
  }
  const missing = (host: string) =>
    apart.inject({ method: 'GET', url: '/metrics', headers: { ...browser, host } });
  const elsewhere = await apart.inject({
    method: 'GET',
    url: '/nothing',
    headers: { ...browser, host: 'pages.example' },
  });
  for (const host of ['PAGES.example', 'pages.example.', 'pages.example:443'])
    expect((await missing(host)).body).toBe(elsewhere.body);
  await apart.close();
  const onPort = () => ({ api: 'https://api.example:8443', site: 'https://pages.example:8443' });
  const elsewhereYet = await buildServer({ ...quiet, origins: onPort });
  const headers = { ...browser, host: 'pages.example.:8443' };
  expect((await elsewhereYet.inject({ method: 'GET', url: '/metrics', headers })).statusCode).toBe(404);
  await elsewhereYet.close();
});
