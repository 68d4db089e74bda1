import { type Kysely, sql, type Transaction } from 'kysely';
import { DearlyError } from '../../../errors.ts';
import type { ChatMessage } from '../../../run/chat/chats.ts';
import type { Schema } from '../schema.ts';

/** Nobody says so much; a script that has got hold of a link would. */
const mostMessages = 500;

/**
 * The chat of a snapshot, locked until the transaction ends; null where the snapshot is gone.
 * @throws DearlyError `chat-full`
 */
export async function openChat(
  tx: Transaction<Schema>,
  snapshotId: string,
  handedOverAt: Date | null,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into chats (snapshot_id, handed_over_at)
    select id, ${handedOverAt}::timestamptz from snapshots where id = ${snapshotId}
    on conflict (snapshot_id) do update
      set handed_over_at = coalesce(chats.handed_over_at, excluded.handed_over_at)
    returning id`.execute(tx);
  const id = rows[0]?.id ?? null;
  if (id === null) return null;
  const { count } = await tx
    .selectFrom('chat_messages')
    .select(sql<string>`count(*)`.as('count'))
    .where('chat_id', '=', id)
    .executeTakeFirstOrThrow();
  if (Number(count) >= mostMessages)
    throw new DearlyError('chat-full', 'This conversation takes no more messages.');
  return id;
}

/** Oldest first. */
export async function messagesOf(
  db: Kysely<Schema>,
  chatId: string,
  { after = 0, before = Number.MAX_SAFE_INTEGER, limit = 200 } = {},
): Promise<ChatMessage[]> {
  const rows = await db
    .selectFrom('chat_messages')
    .select(['seq', 'key', 'author', 'text', 'question', 'at'])
    .where('chat_id', '=', chatId)
    .where('seq', '>', String(after))
    .where('seq', '<', String(before))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(({ seq, author, at, ...rest }) => ({
    ...rest,
    seq: Number(seq),
    from: author,
    at: at.toISOString(),
  }));
}
