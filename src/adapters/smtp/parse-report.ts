import { type SimpleParserOptions, simpleParser } from 'mailparser';
import type { Report } from '../../track/read-bounce.ts';

/** Parts are wanted as they are; nobody looks at the HTML. */
const options: SimpleParserOptions & { readonly ignoreEmbedded: boolean } = {
  keepDeliveryStatus: true,
  // The message it is about stays a part of its own.
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
};

/** @param to the envelope's recipient */
export async function parseReport(raw: Buffer, to: string): Promise<Report> {
  const mail = await simpleParser(raw, options);
  // The last one in the file is the first that was written; servers on the way put theirs on top.
  const headers = new Map(
    mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
  );
  const part = (...types: readonly string[]) =>
    mail.attachments.find((it) => types.includes(it.contentType))?.content.toString() ?? null;
  return {
    to,
    headers,
    text: mail.text ?? '',
    deliveryStatus: part('message/delivery-status', 'message/global-delivery-status'),
    feedback: part('message/feedback-report'),
    original: part(
      'message/rfc822',
      'message/global',
      'text/rfc822-headers',
      'message/rfc822-headers',
      'message/global-headers',
    ),
  };
}
