/** Who said it: the page's reader, the pack's question list, or a person (or bot) on the other side of the hand-over. */
export type ChatAuthor = 'visitor' | 'house' | 'person';

export interface ChatMessage {
  /** Grows within a chat. */
  readonly seq: number;
  /** UUID. */
  readonly key: string;
  readonly from: ChatAuthor;
  /** Plain text; hostile, whoever wrote it. */
  readonly text: string;
  /** Of the house's: the question that it answered; null where it knew none. */
  readonly question: string | null;
  /** ISO 8601. */
  readonly at: string;
}

export interface Said {
  readonly snapshotId: string;
  /** UUID given by the page: the same one again is the same message. */
  readonly key: string;
  readonly text: string;
  readonly at: Date;
}

/** One message on its way to a person, taken under a lease. */
export interface Passing {
  /** UUID of the conversation. */
  readonly chatId: string;
  readonly message: ChatMessage;
  /** 1 for the first. Also the fence: whoever took an earlier try writes nothing. */
  readonly attempt: number;
  readonly lang: string;
  readonly pack: string;
  /** The profile's id in the CRM. */
  readonly externalId: string;
  /** What was said before it, oldest first, the newest fifty. */
  readonly transcript: readonly ChatMessage[];
}

export interface Conversation {
  readonly id: string;
  readonly isHandedOver: boolean;
  /** Something is still on its way to a person. */
  readonly isPassing: boolean;
  readonly messages: readonly ChatMessage[];
}

/** What was said on pages. Everything is gone once the person is erased: then these give null. */
export interface Chats {
  /** Keeps what was asked and what the house answered, once. Gives the text as it was kept first. */
  keep(
    said: Said,
    answer: { readonly text: string; readonly question: string | null },
  ): Promise<{ readonly isNew: boolean; readonly text: string } | null>;
  /** Keeps what is for a person, and takes it for a first try; null also where somebody has taken it already. */
  handOver(said: Said, leaseMs: number): Promise<Passing | null>;
  /** Takes what is due to be tried again. */
  claim(limit: number, leaseMs: number): Promise<readonly Passing[]>;
  taken(passing: Passing, reply: { readonly text: string; readonly at: Date } | null): Promise<void>;
  /** @param retryMs null when this was the last try */
  putOff(passing: Passing, retryMs: number | null): Promise<void>;
  /** What was said after `after`; null where nothing was said. */
  read(snapshotId: string, after: number): Promise<Conversation | null>;
  find(chatId: string): Promise<Conversation | null>;
  /** A person's words, once per key. False where there is no such conversation (any more). */
  reply(
    chatId: string,
    said: { readonly key: string; readonly text: string; readonly at: Date },
  ): Promise<boolean>;
}
