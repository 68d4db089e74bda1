// A process of its own that takes mail as fast as SMTP allows and keeps what came, so that it can be looked at once
// the clock has stopped. It answers both sides of a comparison alike.
import { createServer, type Socket } from 'node:net';

/** What came since the last question. */
export interface Taken {
  readonly messages: number;
  readonly bytes: number;
  /** Message-IDs that differ, of messages with a signature and an end. */
  readonly whole: number;
  /** Some of them, as they were before SMTP stuffed dots in. */
  readonly samples: readonly string[];
}

const end = Buffer.from('\r\n.\r\n');
const sampleSize = 40;
/** In the pieces that they came in; joining them would be work under the clock. */
let taken: Buffer[][] = [];

const server = createServer({ noDelay: true }, (socket) => {
  socket.write('220 sink\r\n');
  socket.on('error', () => socket.destroy());
  let data: Buffer[] | null = null;
  let tail: Buffer = Buffer.alloc(0);
  let line = '';
  socket.on('data', (chunk: Buffer) => {
    if (data === null) {
      line += chunk.toString('latin1');
      const lines = line.split('\r\n');
      line = lines.pop() ?? '';
      if (answer(socket, lines)) [data, tail] = [[], Buffer.alloc(0)];
      return;
    }
    data.push(chunk);
    tail = chunk.length >= end.length ? chunk : Buffer.concat([tail, chunk]);
    // Whoever sends mail waits for the answer to it, so nothing follows the last line.
    if (!tail.subarray(-end.length).equals(end)) return;
    taken.push(data);
    data = null;
    socket.write('250 taken\r\n');
  });
});

/** @returns whether a message's bytes follow */
function answer(socket: Socket, lines: readonly string[]): boolean {
  let replies = '';
  let isData = false;
  for (const line of lines) {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') replies += '250-sink\r\n250-PIPELINING\r\n250 SIZE 50000000\r\n';
    else if (verb === 'DATA') replies += '354 go on\r\n';
    else if (verb === 'QUIT') replies += '221 bye\r\n';
    else replies += '250 ok\r\n';
    isData = verb === 'DATA';
  }
  socket.write(replies);
  return isData;
}

function report(): Taken {
  const messages = taken.map((it) =>
    Buffer.concat(it).subarray(0, -3).toString('latin1').replace(/^\.\./gm, '.'),
  );
  const ids = new Set<string>();
  for (const message of messages) {
    const id = /^message-id: ?(<[^>]+>)/im.exec(message)?.[1];
    const isEnded = /\r\n--[^\r\n]+--\r\n$/.test(message.slice(-200));
    if (id !== undefined && isEnded && /^dkim-signature:/im.test(message)) ids.add(id);
  }
  const step = Math.max(1, Math.floor(messages.length / sampleSize));
  const bytes = messages.reduce((sum, { length }) => sum + length, 0);
  const samples = messages.filter((_, index) => index % step === 0);
  taken = [];
  return { messages: messages.length, bytes, whole: ids.size, samples };
}

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('message', () => process.send?.(report()));
process.on('disconnect', () => process.exit());
