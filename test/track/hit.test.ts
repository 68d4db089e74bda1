import { expect, test } from 'vitest';
import { machineSign } from '../../src/track/hit.ts';

const browser =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';
const hit = (headers: Record<string, string>, method = 'GET', secondsSinceAccepted: number | null = 60) => ({
  method,
  headers: { 'user-agent': browser, ...headers },
  secondsSinceAccepted,
});

test.for([
  ['a browser', hit({}), null],
  ['a browser on a page that was never mailed', hit({}, 'GET', null), null],
  ['a form sent', hit({}, 'POST'), null],
  ['HEAD', hit({}, 'HEAD'), 'head'],
  ['a prefetch', hit({ 'sec-purpose': 'prefetch;prerender' }), 'prefetch'],
  ['an old prefetch', hit({ purpose: 'prefetch' }), 'prefetch'],
  ['a Safari preview', hit({ 'x-purpose': 'preview' }), 'prefetch'],
  ['a Firefox prefetch', hit({ 'x-moz': 'prefetch' }), 'prefetch'],
  ['nobody', hit({ 'user-agent': '' }), 'no-agent'],
  ['curl', hit({ 'user-agent': 'curl/8.14.1' }), 'bot'],
  ['a link scanner', hit({ 'user-agent': 'Barracuda Sentinel (EE)' }), 'bot'],
  ['a chat preview', hit({ 'user-agent': 'WhatsApp/2.23.20.0' }), 'bot'],
  ['Apple Mail fetching ahead', hit({ 'user-agent': 'Mozilla/5.0' }), 'bot'],
  [
    'Gmail fetching for a person',
    hit({
      'user-agent':
        'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    }),
    null,
  ],
  ['a scanner dressed as a browser, at once', hit({}, 'GET', 0.4), 'at-once'],
] as const)('%s', ([, it, expected]) => {
  expect(machineSign(it)).toBe(expected);
});
