// A mail server in a process of its own, which plays a part. Every message that it takes stands in its log, on disk, before
// its 250 goes out: whoever is killed meanwhile, the log knows.
import { openSync, writeSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { converse } from './converse.ts';
import type { FromSink, Rule, Script, SinkPoint, ToSink } from './script.ts';

const log = openSync(process.argv[2] ?? '', 'a');
const sockets = new Map<Socket, () => boolean>();
const said = new Map<string, number>();
let script: Script = {};
let watched: { point: SinkPoint; hits: number; isTaken: boolean } | null = null;
let count = 0;

const tell = (message: FromSink) => process.send?.(message);

/** Whether this conversation is to be held here. */
function isHeldAt(point: SinkPoint, message: { to: string; messageId: string } | null): boolean {
  if (watched === null || watched.point !== point) return false;
  watched.hits--;
  if (watched.hits > 0) return false;
  if (message !== null && watched.isTaken) take(message);
  watched = null;
  tell({ kind: 'held' });
  return true;
}

function take({ to, messageId }: { to: string; messageId: string }): void {
  writeSync(log, `${JSON.stringify({ at: Date.now(), to, messageId })}\n`);
  count++;
}

function answerTo(at: Rule['at'], to: string): string | null {
  for (const [index, rule] of (script.rules ?? []).entries()) {
    if (rule.at !== at || (rule.domain !== undefined && !to.endsWith(`@${rule.domain}`))) continue;
    if (rule.every !== undefined && Number(/\d+/.exec(to)?.[0] ?? 1) % rule.every !== 0) continue;
    const key = `${index} ${to}`;
    const times = said.get(key) ?? 0;
    if (times >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
    said.set(key, times + 1);
    return `${rule.code} ${rule.text}`;
  }
  return null;
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  if (script.greeting === 'close') return socket.destroy();
  if (script.greeting === 'refuse') return socket.end('421 4.3.2 come back later\r\n');
  const conversation = converse(socket, {
    password: () => script.password,
    atRcpt: (to) => (isHeldAt('after-rcpt', null) ? 'hold' : answerTo('rcpt', to)),
    inData: () => isHeldAt('in-data', null),
    atDot(message) {
      if (isHeldAt('after-dot', message)) return 'hold';
      const refusal = answerTo('dot', message.to);
      if (refusal !== null) return refusal;
      take(message);
      return null;
    },
    delayMs: () => (script.delay !== undefined && count % script.delay.every === 0 ? script.delay.ms : 0),
  });
  sockets.set(socket, conversation.isBetween);
  socket.on('close', () => sockets.delete(socket));
});

process.on('message', (message: ToSink) => {
  if (message.kind === 'script') {
    script = message.script;
    said.clear();
  } else if (message.kind === 'watch') watched = { ...message };
  else for (const [socket, isBetween] of sockets) if (isBetween()) socket.destroy();
});
// A Ctrl-C is for whoever started us; its end is ours.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

let told = 0;
setInterval(() => {
  if (count !== told) tell({ kind: 'taken', count });
  told = count;
}, 20);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') tell({ kind: 'listening', port: address.port });
});
