import { expect, test } from 'vitest';
import { type MachineSign, machineSign } from '../../src/track/hit.ts';
import agents from '../fixtures/agents.json' with { type: 'json' };

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
  ['a prerender', hit({ 'sec-purpose': 'prefetch;prerender;anonymous-client-ip' }), 'prefetch'],
  ['an old prefetch', hit({ purpose: 'prefetch' }), 'prefetch'],
  ['a Safari preview', hit({ 'x-purpose': 'preview' }), 'prefetch'],
  ['a Firefox prefetch', hit({ 'x-moz': 'prefetch' }), 'prefetch'],
  ['nobody', hit({ 'user-agent': '' }), 'no-agent'],
  ['a scanner dressed as a browser, before the message was taken', hit({}, 'GET', 0), 'at-once'],
  ['a scanner dressed as a browser, at once', hit({}, 'GET', 1.99), 'at-once'],
  ['somebody very quick', hit({}, 'GET', 2), null],
] as const)('%s', ([, it, expected]) => {
  expect(machineSign(it)).toBe(expected);
});

/** With the public record of the very string, where one was found; the others are after the shapes that these programs are known to send. */
type Agent = [who: string, agent: string, sign: MachineSign | null, seenAt?: string];

test.for(agents as Agent[])('%s', ([, agent, sign]) => {
  expect(machineSign(hit({ 'user-agent': agent }))).toBe(sign);
});
