import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Message } from '../../deliver/compose-message.ts';
import type { Receipt, Transport } from '../../deliver/transport.ts';
import { readFailure, type SmtpFailure } from './read-failure.ts';

export interface SmtpOptions {
  readonly maxConnections?: number;
  readonly connectTimeoutMs?: number;
  /** How long a server may be silent in the middle of a conversation. */
  readonly silenceTimeoutMs?: number;
}

/**
 * Speaks SMTP over a pool of connections.
 * @param smtpUrl `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`; nodemailer's query options apply
 */
export function openSmtpTransport(smtpUrl: string, options: SmtpOptions = {}): Transport {
  const { maxConnections = 5, connectTimeoutMs = 15_000, silenceTimeoutMs = 60_000 } = options;
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections,
    maxMessages: 1000,
    // The ledger tries again, with what it knows; a second queue in here would send behind its back.
    maxRequeues: 0,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // nodemailer reads a message's stream once the server has answered DATA with 354. Holding on to the stream tells a
  // connection lost before that from one lost after: its errors look the same (ECONNECTION, CONN).
  const streams = new WeakMap<Message, Readable>();
  pool.use('stream', (mail, done) => {
    const message = (mail.data as { dearly?: Message }).dearly;
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (...how) => {
      const stream = open(...how);
      if (message) streams.set(message, stream);
      return stream;
    };
    done();
  });
  const underWay = new Set<Promise<Receipt>>();

  async function converse(message: Message): Promise<Receipt> {
    try {
      const mail = { envelope: message.envelope, raw: message.raw, dearly: message };
      const { response } = await pool.sendMail(mail);
      return { kind: 'accepted', response };
    } catch (error) {
      return readFailure(error as SmtpFailure, streams.get(message)?.readableDidRead ?? false);
    }
  }

  return {
    async send(message) {
      const sending = converse(message);
      underWay.add(sending);
      try {
        return await sending;
      } finally {
        underWay.delete(sending);
      }
    },
    async close() {
      await Promise.allSettled(underWay);
      pool.close();
    },
  };
}
