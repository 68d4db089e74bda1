import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openInboundServer } from '../../../src/adapters/smtp/inbound-server.ts';

test('whoever drips a word now and then does not keep a place for ever', async () => {
  const options = { accepts: () => true, take: async () => {}, onFault: () => {}, longestMs: 150 };
  const inbound = await openInboundServer('lmtp://127.0.0.1:0', options);
  const socket = connect(Number(new URL(inbound.url).port), '127.0.0.1').resume();
  socket.on('error', () => {});
  const dripping = setInterval(() => socket.write('NOOP\r\n'), 20);
  await once(socket, 'close');
  clearInterval(dripping);
  await inbound.close();
  expect(socket.destroyed).toBe(true);
});
