import type { Message } from '../../deliver/compose-message.ts';
import type { Receipt, Transport } from '../../deliver/transport.ts';
import { readFailure, type SmtpFailure } from './read-failure.ts';
import { openSmtpSession, type SmtpSession, type SmtpTimeouts } from './smtp-session.ts';

export interface SmtpOptions extends Partial<SmtpTimeouts> {
  readonly maxConnections?: number;
  /** Per connection; many servers end one that goes on for longer. */
  readonly maxMessages?: number;
  /** How long a connection may wait for its next message; below the five minutes of RFC 5321 §4.5.3.2.7. */
  readonly idleTimeoutMs?: number;
}

/**
 * Speaks SMTP over a few connections that are kept and used again. It never tries again on its own: the ledger does,
 * with what it knows.
 * @param smtpUrl `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`; nodemailer's query options apply
 */
export function openSmtpTransport(smtpUrl: string, options: SmtpOptions = {}): Transport {
  const { maxConnections = 5, maxMessages = 1000, idleTimeoutMs = 60_000 } = options;
  const { connectTimeoutMs = 15_000, silenceTimeoutMs = 60_000 } = options;
  const idle = new Map<SmtpSession, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  const underWay = new Set<Promise<Receipt>>();
  let taken = 0;

  async function converse(message: Message): Promise<Receipt> {
    if (taken < maxConnections) taken++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      const session = takeIdle() ?? (await openSmtpSession(smtpUrl, { connectTimeoutMs, silenceTimeoutMs }));
      const receipt = await session.send(message);
      if (session.sent >= maxMessages) session.quit();
      if (session.isOpen) keep(session);
      return receipt;
    } catch (failure) {
      // Only a session that cannot be opened throws.
      const receipt = readFailure(failure as SmtpFailure, false);
      return receipt.kind === 'deferred' ? { ...receipt, before: 'greeting' } : receipt;
    } finally {
      const next = waiting.shift();
      if (next === undefined) taken--;
      else next();
    }
  }

  function takeIdle(): SmtpSession | null {
    for (const [session, timer] of idle) {
      clearTimeout(timer);
      idle.delete(session);
      if (session.isOpen) return session;
    }
    return null;
  }

  function keep(session: SmtpSession): void {
    const timer = setTimeout(() => {
      idle.delete(session);
      session.quit();
    }, idleTimeoutMs);
    idle.set(session, timer.unref());
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
      for (let session = takeIdle(); session !== null; session = takeIdle()) session.quit();
    },
  };
}
