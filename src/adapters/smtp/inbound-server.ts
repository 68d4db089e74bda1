// Enters: LMTP or SMTP from a mail server beside us. Leaves: each message once per recipient, in `take`'s hands.
// Never: mail for an address that `accepts` does not know, or mail passed on to anybody.
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { DearlyError } from '../../errors.ts';

export interface InboundOptions {
  readonly accepts: (address: string) => boolean;
  /** What it throws is answered with "later": a mail server keeps the message and comes again. */
  readonly take: (raw: Buffer, to: string) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  /** Whoever says a word now and then is not silent, and would keep a place for ever. */
  readonly longestMs?: number;
}

export interface Inbound {
  /** With the port it listens on, where 0 was asked for. */
  readonly url: string;
  /** Lets conversations under way end. */
  close(): Promise<void>;
}

/** Reports bring the whole message back at worst. Twenty at once are 100 MB, and no more. */
const maxSizeBytes = 5_000_000;
const maxClients = 20;
const maxRecipients = 50;
const silenceTimeoutMs = 60_000;

/** @param url `lmtp://host:port` or `smtp://host:port` @throws DearlyError `config-invalid` where nobody can listen */
export async function openInboundServer(url: string, options: InboundOptions): Promise<Inbound> {
  const { protocol, hostname, port } = new URL(url);
  const server = new SMTPServer({
    lmtp: protocol === 'lmtp:',
    name: 'dearly',
    banner: 'reports about our own messages only',
    logger: false,
    // Beside a mail server of the operator's, which has the certificate and speaks to the world.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxSizeBytes,
    maxClients,
    socketTimeout: silenceTimeoutMs,
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= maxRecipients) return done(refusal(452, 'too many recipients'));
      done(options.accepts(address) ? null : refusal(550, 'no such address'));
    },
    onData(stream, session, done) {
      void receive(stream, session).then((replies) => done(...replies));
    },
  });

  async function receive(
    stream: SMTPServerDataStream,
    { envelope }: SMTPServerSession,
  ): Promise<[Error | null, (string | Error)[]?]> {
    try {
      const raw = await readWhole(stream);
      if (raw === null) return [refusal(552, 'too large')];
      const replies: (string | Error)[] = [];
      for (const { address } of envelope.rcptTo) replies.push(await taken(raw, address));
      const failed = replies.find((it) => it instanceof Error);
      // SMTP has one answer for all; LMTP one for each.
      return protocol === 'lmtp:' ? [null, replies] : [failed ?? null];
    } catch (error) {
      options.onFault(error);
      return [refusal(451, 'try again later')];
    }
  }

  async function taken(raw: Buffer, to: string): Promise<string | Error> {
    try {
      await options.take(raw, to);
      return 'taken';
    } catch (error) {
      options.onFault(error);
      return refusal(451, 'try again later');
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''), () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((cause: unknown) => {
    throw new DearlyError('config-invalid', 'DEARLY_INBOUND names an address that cannot be listened on.', {
      cause,
      details: [`${url}: ${cause instanceof Error ? cause.message : String(cause)}`],
    });
  });
  const { longestMs = 600_000 } = options;
  server.server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.destroy(), longestMs).unref();
    socket.once('close', () => clearTimeout(timer));
  });
  // A connection that breaks off is the other side's to try again.
  server.on('error', () => {});
  const address = server.server.address();
  const listensOn = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `${protocol}//${hostname}:${listensOn}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Null where it is too large: the rest is heard out, because SMTP has no way to interrupt, and not kept. */
async function readWhole(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  }
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
