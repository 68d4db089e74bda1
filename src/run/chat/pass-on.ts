// Enters: a visitor's message that is for a person. Leaves: it told to the outside, once or until it is taken, and the reply kept.
// Never: a name or an address. Ids, the words of the conversation, and no more.

import { nextTryMs } from '../webhooks/next-try.ts';
import type { PostForAnswer } from '../webhooks/outbox.ts';
import { sign } from '../webhooks/signature.ts';
import type { ChatMessage, Chats, Passing, Said } from './chats.ts';
import { readReply } from './read-reply.ts';

/** Where conversations are handed over to. */
export interface ChatDesk {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
}

export interface ChatTools {
  readonly chats: Chats;
  /** Null where nobody reads along: then only the question list answers. */
  readonly desk: ChatDesk | null;
  readonly postForAnswer: PostForAnswer;
  readonly now: () => Date;
  /** 0 ≤ random < 1 */
  readonly random: () => number;
}

/** How it went, for the page: a reply at once, somebody has it, or nobody could be reached yet. */
export type Passed = 'replied' | 'waiting' | 'down';

/** Longer than a try takes, so that nobody else begins while one is under way. */
export const leaseMs = 20_000;

/** Told at once; what fails is kept, and tried again by the workers. */
export async function handOver(said: Said, tools: ChatTools): Promise<Passed> {
  const passing = await tools.chats.handOver(said, leaseMs);
  if (passing !== null) return await passOn(passing, tools);
  // Sent twice: the first one is on its way, or has arrived.
  const standing = await tools.chats.read(said.snapshotId, 0);
  const isAnswered = standing?.messages.some((it) => it.from === 'person' && it.key === said.key) ?? false;
  return isAnswered ? 'replied' : 'waiting';
}

/** One try, and what follows from it. */
export async function passOn(passing: Passing, tools: ChatTools): Promise<Passed> {
  const { chats, desk, postForAnswer, now, random } = tools;
  if (desk === null) {
    await chats.putOff(passing, nextTryMs(passing.attempt, random()));
    return 'down';
  }
  const tried = await postForAnswer(desk.url, signed(passing, desk.secret, now()));
  const reply = tried.error === null ? readReply(tried) : 'unreadable';
  if (reply === 'unreadable') {
    await chats.putOff(passing, nextTryMs(passing.attempt, random(), tried.retryAfterMs));
    return 'down';
  }
  await chats.taken(passing, reply === null ? null : { text: reply, at: now() });
  return reply === null ? 'waiting' : 'replied';
}

/** As Standard Webhooks has it; the message's id stays the same for every try. */
function signed(
  { chatId, message, lang, pack, externalId, transcript }: Passing,
  secret: string,
  now: Date,
): Parameters<PostForAnswer>[1] {
  const id = `msg_${message.key}`;
  const timestamp = Math.floor(now.getTime() / 1000);
  const body = JSON.stringify({
    type: 'chat.message',
    timestamp: message.at,
    data: {
      conversation: chatId,
      externalId,
      pack,
      lang,
      message: { id: message.key, text: message.text },
      transcript: transcript.map(lineOf),
    },
  });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign({ id, timestamp, body }, [secret]),
  };
  return { headers, body };
}

export function lineOf({ key, from, text, question, at }: ChatMessage) {
  return { id: key, from, text, ...(from === 'house' && { question }), at };
}
