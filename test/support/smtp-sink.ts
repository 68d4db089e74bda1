import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface SinkMessage {
  readonly to: string;
  readonly raw: string;
  readonly messageId: string;
}

export interface Sink {
  readonly url: string;
  /** Every message answered with 250, in order. */
  readonly messages: SinkMessage[];
  close(): Promise<void>;
}

/** What to say instead of 250: an error with `responseCode`, or null to accept. */
export type Answer = (to: string) => (Error & { responseCode: number }) | null;

/** A real SMTP server on a free port that keeps what it takes. */
export async function openSink(
  answers: { readonly atRcpt?: Answer; readonly afterData?: Answer } = {},
): Promise<Sink> {
  const messages: SinkMessage[] = [];
  const recipient = (session: SMTPServerSession) => session.envelope.rcptTo[0]?.address ?? '';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(answers.atRcpt?.(address) ?? null),
    onData(stream: SMTPServerDataStream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = recipient(session);
        const error = answers.afterData?.(to) ?? null;
        if (error !== null) return done(error);
        const raw = Buffer.concat(chunks).toString('utf8');
        const messageId = /^message-id:\s*<([^>]+)>/im.exec(raw)?.[1] ?? '';
        messages.push({ to, raw, messageId });
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function smtpError(responseCode: number, text: string): Error & { responseCode: number } {
  return Object.assign(new Error(text), { responseCode });
}
