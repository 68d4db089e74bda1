// Enters: a connection. Leaves: SMTP as far as a client needs it (RFC 5321), with a stop at each point where one can be killed.
// Never: an answer of its own choice; the part that it plays decides.
import type { Socket } from 'node:net';

export interface Part {
  password(): string | undefined;
  /** A refusal, `hold` for no answer at all, or null for 250. */
  atRcpt(to: string): string | null;
  /** Called once per message, when some of its bytes are here and not all. True: read no further. */
  inData(): boolean;
  atDot(message: { readonly to: string; readonly messageId: string }): string | null;
  delayMs(): number;
}

const end = '\r\n.\r\n';

export function converse(socket: Socket, part: Part): { isBetween(): boolean } {
  let to = '';
  let text = '';
  let isData = false;
  let isSeen = false;

  const say = (line: string) => void socket.write(`${line}\r\n`);
  const answer = (said: string | null) => {
    if (said !== 'hold') say(said ?? '250 ok');
    if (said?.startsWith('421')) socket.end();
  };

  function onLine(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    const password = part.password();
    if (verb === 'EHLO')
      say(`250-sink\r\n250-SIZE 50000000${password ? '\r\n250-AUTH PLAIN' : ''}\r\n250 OK`);
    else if (verb === 'AUTH') {
      const [, , given] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      say(given === password ? '235 welcome' : '535 5.7.8 wrong password');
    } else if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      answer(part.atRcpt(to));
    } else if (verb === 'DATA') {
      isData = true;
      isSeen = false;
      say('354 go on');
    } else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else {
      if (verb === 'RSET') to = '';
      say('250 ok');
    }
  }

  function onMessage(message: string): void {
    const messageId = /^message-id: ?<([^>]+)>/im.exec(message)?.[1] ?? '';
    const said = part.atDot({ to, messageId });
    to = '';
    const delayMs = said === null ? part.delayMs() : 0;
    if (delayMs > 0) setTimeout(() => answer(said), delayMs);
    else answer(said);
  }

  say('220 sink');
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (;;) {
      if (isData && !isSeen) {
        isSeen = true;
        // The message stands here in part as far as its writer can tell: nothing was answered, and nothing will be.
        if (part.inData()) return void socket.pause();
      }
      const at = text.indexOf(isData ? end : '\r\n');
      if (at < 0) return;
      const piece = text.slice(0, at);
      text = text.slice(at + (isData ? end.length : 2));
      if (isData) {
        isData = false;
        onMessage(piece);
      } else onLine(piece);
      if (text === '') return;
    }
  });
  return { isBetween: () => !isData && to === '' };
}
