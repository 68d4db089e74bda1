import { replyTo } from '../../../answer/reply-to.ts';
import type { SaidSoFar } from '../../../merge/chat-root.ts';
import type { Snapshot } from '../../../merge/snapshot.ts';
import type { ServerParts } from '../parts.ts';
import { askingOf } from './asking-of.ts';

/** As many as a page without a script shows. */
const mostShown = 20;

/** The conversation for a page that is loaded again after each question. */
export async function saidSoFar(parts: ServerParts, snapshot: Snapshot): Promise<SaidSoFar | undefined> {
  const standing = await parts.chat.chats.read(snapshot.id, 0);
  const asking = await askingOf(parts, snapshot);
  if (standing === null || asking === null) return undefined;
  const byId = new Map(asking.questions.map((it) => [it.id, it]));
  const messages = standing.messages.slice(-mostShown);
  const last = messages.at(-1);
  const isUnknown = last?.from === 'house' && last.question === null;
  const question = messages.findLast(({ from }) => from === 'visitor');
  const reply = isUnknown && question ? replyTo(question.text, asking) : null;
  return {
    withPerson: standing.isHandedOver,
    said: messages.map(({ from, text, question: id }) => {
      const answered = id === null ? undefined : byId.get(id);
      return { from, text, lead: answered === undefined ? null : asking.answer(answered).lead };
    }),
    ways:
      reply === null || question === undefined
        ? null
        : {
            id: question.key,
            question: question.text,
            suggestions: reply.kind === 'unknown' ? reply.suggestions : [],
            handOver: parts.chat.desk !== null,
          },
  };
}
