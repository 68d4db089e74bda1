import { expect, test } from 'vitest';
import type { AcceptedMessage } from '../../../../src/adapters/postgres/accepted-messages.ts';
import { countDelivered, type Evidence, findFaults } from '../../../../src/shell/cli/demo/verify.ts';
import { snapshotOf } from '../../../merge/shown.ts';

function message(messageId: string): AcceptedMessage {
  return { messageId, externalId: messageId, firstName: 'Ada', snapshot: snapshotOf() };
}

const sound: Evidence = {
  summary: {
    profiles: 3,
    accepted: 2,
    skipped: { 'no-address': 1 },
    failed: 0,
    unknown: 0,
    cancelled: 0,
    open: 0,
  },
  accepted: [message('a'), message('b')],
  inInbox: ['b', 'a'],
  page: { status: 200, html: '<h1>Hallo Ada</h1>', name: 'Ada' },
  mp4: {
    seconds: 28,
    frames: 840,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    width: 1280,
    height: 720,
    messages: [],
  },
};

test('a sound demo has no faults', () => {
  expect(findFaults(sound)).toEqual([]);
  expect(findFaults({ ...sound, inInbox: null })).toEqual([]);
});

test.each<[string, Partial<Evidence>, RegExp]>([
  ['a message lost', { inInbox: ['a'] }, /1 of 2 accepted/],
  ['a message sent twice', { inInbox: ['a', 'b', 'b'] }, /1 of 2 accepted/],
  ['a stranger’s message', { inInbox: ['a', 'b', 'c'] }, /holds 3 messages/],
  ['somebody unaccounted for', { summary: { ...sound.summary, profiles: 4 } }, /4 profiles/],
  ['a failure', { summary: { ...sound.summary, profiles: 4, failed: 1 } }, /1 messages failed/],
  ['a page that is not there', { page: { ...sound.page, status: 404 } }, /answered 404/],
  ['somebody else’s page', { page: { ...sound.page, html: 'Hallo Bea' } }, /whose it is/],
  ['a broken video', { mp4: { ...sound.mp4, messages: ['corrupt frame'] } }, /corrupt frame/],
  ['half a video', { mp4: { ...sound.mp4, seconds: 14 } }, /lasts 14 s/],
])('finds %s', (_, planted, fault) => {
  expect(findFaults({ ...sound, ...planted }).join('\n')).toMatch(fault);
});

test('a message that lies there twice does not count as delivered once', () => {
  expect(countDelivered(sound.accepted, ['a', 'b', 'b'])).toBe(1);
});
