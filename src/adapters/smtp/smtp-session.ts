import { Readable, Transform } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Message } from '../../deliver/compose-message.ts';
import type { Receipt } from '../../deliver/transport.ts';
import { type LaidOut, openMessageBuffer } from './message-buffer.ts';
import { readFailure, type SmtpFailure } from './read-failure.ts';

/** One connection to a mail server, logged in. It carries one message at a time. */
export interface SmtpSession {
  send(message: Message): Promise<Receipt>;
  /** False once either side has hung up. */
  readonly isOpen: boolean;
  /** Messages given to it so far. */
  readonly sent: number;
  quit(): void;
}

export interface SmtpTimeouts {
  readonly connectTimeoutMs: number;
  /** How long a server may be silent in the middle of a conversation. */
  readonly silenceTimeoutMs: number;
}

/**
 * @param smtpUrl `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`; nodemailer's query options apply
 * @throws SmtpFailure
 */
export async function openSmtpSession(smtpUrl: string, timeouts: SmtpTimeouts): Promise<SmtpSession> {
  const { auth, ...where } = parseConnectionUrl(smtpUrl);
  const connection = new SMTPConnection({
    ...(where as SMTPConnectionOptions),
    connectionTimeout: timeouts.connectTimeoutMs,
    greetingTimeout: timeouts.connectTimeoutMs,
    socketTimeout: timeouts.silenceTimeoutMs,
  });
  let isOpen = true;
  let sent = 0;
  let buffer = openMessageBuffer();
  const quit = () => {
    isOpen = false;
    connection.quit();
  };
  connection.once('end', () => {
    isOpen = false;
  });
  // Whoever waits for a reply is told by its own callback; without a listener an idle server's farewell would throw.
  connection.on('error', () => {});
  try {
    await connect(connection);
    if (auth) await login(connection, auth);
  } catch (failure) {
    connection.close();
    throw failure;
  }

  return {
    async send(message) {
      sent++;
      const { receipt, isWhollyOut } = await converse(connection, message, buffer.layOut(message.pieces));
      if (receipt.kind !== 'accepted') {
        buffer = openMessageBuffer();
        // After a refusal the server may still hold half an envelope.
        if (isOpen) await reset(connection);
      } else if (!isWhollyOut) quit();
      return receipt;
    },
    get isOpen() {
      return isOpen;
    },
    get sent() {
      return sent;
    },
    quit,
  };
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The server hung up.')));
    connection.connect((failure) => (failure ? reject(failure) : resolve()));
  });
}

/** Without a login the server would refuse recipient after recipient, as if each address were wrong. */
function login(connection: SMTPConnection, auth: { user: string; pass: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!connection.allowsAuth) {
      reject(Object.assign(new Error('The server offers no login.'), { code: 'ENOAUTH' }));
      return;
    }
    // A connection lost here ends in 'error' and 'end', and never in the callback.
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The server hung up.')));
    connection.login(auth, (failure) => (failure ? reject(failure) : resolve()));
  });
}

interface Conversed {
  readonly receipt: Receipt;
  /**
   * A server may say that it has taken what it has not read yet. Then bytes of this message still wait in the memory that the
   * next one would be written into, and each later answer would be taken for one to another message.
   */
  readonly isWhollyOut: boolean;
}

function converse(connection: SMTPConnection, { envelope }: Message, laidOut: LaidOut): Promise<Conversed> {
  return new Promise((resolve) => {
    // Asked for once the server has answered DATA with 354: that tells a connection lost before from one lost after,
    // whose errors look the same (ECONNECTION, CONN).
    let handedTo: NodeJS.WritableStream | null = null;
    const bytes = Object.assign(new Readable({ read() {} }), {
      pipe<Into extends NodeJS.WritableStream>(into: Into): Into {
        handedTo = into;
        return passThrough(laidOut, into);
      },
    });
    const isWhollyOut = () =>
      handedTo instanceof Transform &&
      handedTo.readableEnded &&
      !!connection._socket &&
      connection._socket.writableLength === 0;
    connection.send({ ...envelope, size: laidOut.sizeBytes }, bytes, (failure, info) => {
      const receipt: Receipt = failure
        ? readFailure(failure as SmtpFailure, handedTo !== null)
        : { kind: 'accepted', response: info?.response ?? '' };
      resolve({ receipt, isWhollyOut: isWhollyOut() });
    });
  });
}

/**
 * nodemailer's data stream looks at every byte for dots to double and line ends to mend. Where a message needs neither, and
 * ours do not, it goes past that as it is, with the line that ends it.
 */
function passThrough<Into extends NodeJS.WritableStream>({ bytes, sizeBytes }: LaidOut, into: Into): Into {
  const message = bytes.subarray(0, sizeBytes);
  if (into instanceof Transform && isReady(message)) {
    into.push(bytes);
    into.push(null);
  } else into.end(message);
  return into;
}

/** Searched in native code. A dot after any kind of line end could end the message early and start another. */
function isReady(raw: Buffer): boolean {
  return raw.includes('\r\n', -2) && raw[0] !== 0x2e && !raw.includes('\n.') && !raw.includes('\r.');
}

/** A server that does not even take RSET is of no more use. */
function reset(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve) => {
    connection.once('end', resolve);
    connection.reset((failure) => {
      connection.off('end', resolve);
      if (failure) connection.close();
      resolve();
    });
  });
}
