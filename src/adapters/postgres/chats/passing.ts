import { type Kysely, sql } from 'kysely';
import type { Passing } from '../../../run/chat/chats.ts';
import type { Database } from '../connect.ts';
import type { Schema } from '../schema.ts';
import { messagesOf } from './open-chat.ts';

export interface Claimed {
  readonly chat_id: string;
  readonly seq: string;
  readonly attempt: number;
}

/** What whoever reads along has to know before this message. */
const mostTold = 50;

export async function claimPassing(db: Database, limit: number, leaseMs: number): Promise<Passing[]> {
  const { rows } = await sql<Claimed>`
    update chat_messages set attempt = attempt + 1, due_at = now() + ${leaseMs} * interval '1 ms'
    where seq in (
      select seq from chat_messages where passing = 'due' and due_at <= now()
      order by seq limit ${limit} for update skip locked
    )
    returning chat_id, seq, attempt`.execute(db);
  const claimed: Passing[] = [];
  for (const row of rows.sort((a, b) => Number(a.seq) - Number(b.seq))) {
    const passing = await passingOf(db, row);
    if (passing !== null) claimed.push(passing);
  }
  return claimed;
}

/** Null where the person was erased meanwhile. */
export async function passingOf(
  db: Kysely<Schema>,
  { chat_id, seq, attempt }: Claimed,
): Promise<Passing | null> {
  const about = await db
    .selectFrom('chats')
    .innerJoin('snapshots', 'snapshots.id', 'chats.snapshot_id')
    .innerJoin('profiles', 'profiles.id', 'snapshots.profile_id')
    .select([
      'profiles.external_id',
      'snapshots.pack_name',
      sql<string>`snapshots.body ->> 'lang'`.as('lang'),
    ])
    .where('chats.id', '=', chat_id)
    .executeTakeFirst();
  const messages = await messagesOf(db, chat_id, { before: Number(seq) + 1, limit: mostTold + 1 });
  const message = messages.pop();
  if (about === undefined || message?.seq !== Number(seq)) return null;
  return {
    chatId: chat_id,
    message,
    attempt,
    lang: about.lang,
    pack: about.pack_name,
    externalId: about.external_id,
    transcript: messages,
  };
}
