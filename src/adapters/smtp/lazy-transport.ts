import type { Transport } from '../../deliver/transport.ts';
import { openSmtpTransport } from './smtp-transport.ts';

/** Connects at the first message, so that commands that send nothing need no mail server. */
export function lazyTransport(smtpUrl: string | undefined, maxConnections: number): Transport {
  let opened: Transport | undefined;
  return {
    async send(message) {
      // As if nobody answered: whoever has a mail server goes on with it.
      if (smtpUrl === undefined)
        return { kind: 'deferred', code: null, response: 'SMTP_URL is not set.', before: 'greeting' };
      opened ??= openSmtpTransport(smtpUrl, { maxConnections });
      return await opened.send(message);
    },
    close: async () => opened?.close(),
  };
}
