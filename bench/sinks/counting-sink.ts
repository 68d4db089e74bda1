// A process of its own that takes mail as fast as SMTP allows and keeps nothing but counts. With SLOW_DOMAIN it refuses that
// recipient domain with 421, always, as a provider does that wants less.
import { createServer } from 'node:net';

const slowDomain = process.env.SLOW_DOMAIN ? `@${process.env.SLOW_DOMAIN}>` : null;
const end = Buffer.from('\r\n.\r\n');
let count = 0;

const server = createServer({ noDelay: true }, (socket) => {
  socket.write('220 sink\r\n');
  socket.on('error', () => socket.destroy());
  let isData = false;
  let tail: Buffer = Buffer.alloc(0);
  let line = '';
  socket.on('data', (chunk: Buffer) => {
    if (isData) {
      tail = chunk.length >= end.length ? chunk : Buffer.concat([tail, chunk]).subarray(-end.length);
      // Whoever sends mail waits for the answer to it, so nothing follows the last line.
      if (!tail.subarray(-end.length).equals(end)) return;
      isData = false;
      count++;
      socket.write('250 taken\r\n');
      return;
    }
    line += chunk.toString('latin1');
    const lines = line.split('\r\n');
    line = lines.pop() ?? '';
    for (const command of lines) {
      const verb = command.slice(0, 4).toUpperCase();
      isData = verb === 'DATA';
      if (verb === 'RCPT' && slowDomain !== null && command.includes(slowDomain))
        socket.write('421 4.7.0 too many from you, come back later\r\n');
      else socket.write(replyTo(verb));
    }
  });
});

function replyTo(verb: string): string {
  if (verb === 'EHLO') return '250-sink\r\n250-PIPELINING\r\n250 SIZE 50000000\r\n';
  if (verb === 'DATA') return '354 go on\r\n';
  return verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
}

server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('message', () => process.send?.({ count }));
process.on('disconnect', () => process.exit());
