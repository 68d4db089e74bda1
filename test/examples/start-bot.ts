import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createPostForAnswer } from '../../src/adapters/fetch/post-webhook.ts';
import { makeSigningSecret } from '../../src/run/webhooks/signature.ts';
import type { House } from '../shell/http/open-house.ts';

export interface Bot {
  readonly url: string;
  close(): Promise<void>;
}

/** The example's bot as a process of its own, and the house told to hand conversations over to it. */
export async function startBot(house: House, houseUrl: string): Promise<Bot> {
  const secret = makeSigningSecret();
  const { authorization } = await house.key('chats');
  const bot = spawn(process.execPath, ['examples/chat-bot/bot.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      DEARLY_URL: houseUrl,
      DEARLY_KEY: authorization.replace('Bearer ', ''),
      CHAT_SECRET: secret,
    },
  });
  if (bot.stdout === null) throw new Error('no output to read');
  const first = await createInterface(bot.stdout)[Symbol.asyncIterator]().next();
  const url = /http:\S+/.exec(String(first.value))?.[0] ?? '';
  // It wants to be told, and so must stand before the house knows where.
  Object.assign(house.parts.chat, {
    desk: { url, secret },
    postForAnswer: createPostForAnswer({ isLocalAllowed: true, limitMs: 5000 }),
  });
  return {
    url,
    async close() {
      const ended = once(bot, 'exit');
      bot.kill('SIGTERM');
      await ended;
    },
  };
}
