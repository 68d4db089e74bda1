import type { Message } from './compose-message.ts';

/** What became of one message. Outcomes, not faults: a transport throws for bugs alone. */
export type Receipt =
  /** The server took it (2xx after DATA) and answers for it now. */
  | { readonly kind: 'accepted'; readonly response: string }
  /** Not now; nothing was taken. `code` is null where the server could not be reached or said nothing. */
  | {
      readonly kind: 'deferred';
      readonly code: number | null;
      readonly response: string;
      /** Said before a recipient was named: the server did not let us in, or did not like to go on with this connection. */
      readonly before?: 'greeting' | 'recipient';
    }
  /** This address is refused for good (5xx at RCPT). */
  | { readonly kind: 'bounced'; readonly code: number; readonly response: string }
  /** Refused for good for another reason. `pause`: the next message would fare no better (login, sender, content). */
  | {
      readonly kind: 'failed';
      readonly code: number | null;
      readonly response: string;
      readonly pause: boolean;
    }
  /** The connection ended after the message's first byte went out: it may or may not have been taken. */
  | { readonly kind: 'unknown'; readonly response: string };

export interface Transport {
  send(message: Message): Promise<Receipt>;
  /** Lets messages under way end, then hangs up. */
  close(): Promise<void>;
}
