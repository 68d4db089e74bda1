// Enters: what was said on a page, and what a person says back. Leaves: Chats, each message once and in order.
// Never: a word that outlives its person.
import { type Kysely, sql } from 'kysely';
import type { Chats, Conversation } from '../../../run/chat/chats.ts';
import type { Database } from '../connect.ts';
import type { Schema } from '../schema.ts';
import { messagesOf, openChat } from './open-chat.ts';
import { type Claimed, claimPassing, passingOf } from './passing.ts';

export function postgresChats(db: Database): Chats {
  return {
    keep({ snapshotId, key, text, at }, answer) {
      return db.transaction().execute(async (tx) => {
        const chat_id = await openChat(tx, snapshotId, null);
        if (chat_id === null) return null;
        const added = await tx
          .insertInto('chat_messages')
          .values({ chat_id, key, author: 'visitor', text, at })
          .onConflict((it) => it.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows === 1n) {
          await tx
            .insertInto('chat_messages')
            .values({ chat_id, key, author: 'house', ...answer, at })
            .onConflict((it) => it.doNothing())
            .execute();
          return { isNew: true, text };
        }
        const first = await tx
          .selectFrom('chat_messages')
          .select('text')
          .where('chat_id', '=', chat_id)
          .where('author', '=', 'visitor')
          .where('key', '=', key)
          .executeTakeFirstOrThrow();
        return { isNew: false, text: first.text };
      });
    },

    handOver({ snapshotId, key, text, at }, leaseMs) {
      return db.transaction().execute(async (tx) => {
        const chatId = await openChat(tx, snapshotId, at);
        if (chatId === null) return null;
        // What nobody knew an answer to is there already, and is passed on as it stands.
        const { rows } = await sql<Claimed>`
          insert into chat_messages (chat_id, key, author, text, at, passing, attempt, due_at)
          values (${chatId}, ${key}, 'visitor', ${text}, ${at}, 'due', 1, now() + ${leaseMs} * interval '1 ms')
          on conflict (chat_id, author, key) do update
            set passing = excluded.passing, attempt = 1, due_at = excluded.due_at
            where chat_messages.passing is null
          returning chat_id, seq, attempt`.execute(tx);
        return rows[0] === undefined ? null : await passingOf(tx, rows[0]);
      });
    },

    claim: (limit, leaseMs) => claimPassing(db, limit, leaseMs),

    async taken({ chatId, message, attempt }, reply) {
      await db.transaction().execute(async (tx) => {
        const ended = await end(tx, message.seq, attempt, { passing: 'taken', dueInMs: null });
        // Replies of two tries are one: both have the key of what they answer.
        if (ended && reply !== null) await addReply(tx, chatId, { key: message.key, ...reply });
      });
    },

    async putOff({ message, attempt }, retryMs) {
      const passing = retryMs === null ? 'failed' : 'due';
      await end(db, message.seq, attempt, { passing, dueInMs: retryMs });
    },

    async read(snapshotId, after) {
      const chat = await db
        .selectFrom('chats')
        .select(['id', 'handed_over_at'])
        .where('snapshot_id', '=', snapshotId)
        .executeTakeFirst();
      return chat === undefined ? null : await conversation(db, chat, after);
    },

    async find(chatId) {
      const chat = await db
        .selectFrom('chats')
        .select(['id', 'handed_over_at'])
        .where('id', '=', chatId)
        .executeTakeFirst();
      return chat === undefined ? null : await conversation(db, chat, 0);
    },

    reply: (chatId, said) => db.transaction().execute((tx) => addReply(tx, chatId, said)),
  };
}

async function conversation(
  db: Database,
  chat: { readonly id: string; readonly handed_over_at: Date | null },
  after: number,
): Promise<Conversation> {
  const due = await db
    .selectFrom('chat_messages')
    .select('seq')
    .where('chat_id', '=', chat.id)
    .where('passing', '=', 'due')
    .limit(1)
    .executeTakeFirst();
  return {
    id: chat.id,
    isHandedOver: chat.handed_over_at !== null,
    isPassing: due !== undefined,
    messages: await messagesOf(db, chat.id, { after }),
  };
}

/** Under the chat's lock, so that nobody sees a later message before an earlier one. */
async function addReply(
  db: Kysely<Schema>,
  chatId: string,
  { key, text, at }: { readonly key: string; readonly text: string; readonly at: Date },
): Promise<boolean> {
  const chat = await db
    .selectFrom('chats')
    .select('id')
    .where('id', '=', chatId)
    .forUpdate()
    .executeTakeFirst();
  if (chat === undefined) return false;
  await db
    .insertInto('chat_messages')
    .values({ chat_id: chatId, key, author: 'person', text, at })
    .onConflict((it) => it.doNothing())
    .execute();
  return true;
}

async function end(
  db: Kysely<Schema>,
  seq: number,
  attempt: number,
  { passing, dueInMs }: { readonly passing: 'due' | 'taken' | 'failed'; readonly dueInMs: number | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('chat_messages')
    .set({
      passing,
      due_at: dueInMs === null ? null : sql<Date>`now() + ${dueInMs} * interval '1 ms'`,
    })
    .where('seq', '=', String(seq))
    .where('attempt', '=', attempt)
    .where('passing', '=', 'due')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
