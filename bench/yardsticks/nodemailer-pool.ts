import { createTransport } from 'nodemailer';
import type { Addressing } from '../../src/deliver/compose-message.ts';
import type { Sender } from '../../src/deliver/sender.ts';
import type { Links } from '../../src/merge/links.ts';
import type { Email } from '../../src/merge/merge-email.ts';

/** The usual way: nodemailer's pool, which makes MIME and DKIM of subject, HTML and text itself. */
export function openNodemailerPool(port: number, maxConnections: number, sender: Sender) {
  const [key] = sender.dkim;
  if (key === undefined) throw new Error('both sides sign');
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    // Its default of 100 would have it connect anew again and again.
    maxMessages: 1_000_000,
    maxConnections,
    dkim: {
      domainName: key.domain,
      keySelector: key.selector,
      privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      headerFieldNames:
        'From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Unsubscribe:List-Unsubscribe-Post',
    },
  });
  return {
    async send(
      email: Email,
      links: Pick<Links, 'unsubscribe'>,
      { to, rowId, at }: Addressing,
    ): Promise<void> {
      await pool.sendMail({
        from: sender.from,
        to,
        subject: email.subject,
        html: email.html,
        text: email.text,
        date: at,
        messageId: `<${rowId}@nordlicht.example>`,
        headers: {
          'List-Unsubscribe': `<${links.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
    },
    close: () => pool.close(),
  };
}
