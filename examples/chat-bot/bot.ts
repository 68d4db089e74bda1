// A stub bot: takes over conversations from Dearly's chat. It answers what it knows at once, and everything else a moment
// later by the API, as a person at a desk would. One file, no framework, no dependency; the signature is Standard Webhooks
// (https://www.standardwebhooks.com), written out here to show how little it takes.
//
//   POST /chat   what Dearly sends (DEARLY_CHAT_URL)   → 200 {"reply": "…"}, or 202 and the reply comes later
//
// CHAT_SECRET (Dearly's DEARLY_CHAT_SECRET), DEARLY_URL, DEARLY_KEY (an API key of the scope chats) and PORT say where and how.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import process from 'node:process';
import { setTimeout as rest } from 'node:timers/promises';

const {
  DEARLY_URL = 'http://127.0.0.1:3000',
  DEARLY_KEY = '',
  CHAT_SECRET = '',
  PORT = '4100',
} = process.env;
const toleranceSeconds = 300;

interface Message {
  readonly type: 'chat.message';
  readonly data: {
    readonly conversation: string;
    readonly externalId: string;
    readonly lang: string;
    readonly message: { readonly id: string; readonly text: string };
    readonly transcript: readonly { readonly from: string; readonly text: string }[];
  };
}

const words: Readonly<Record<string, { readonly hours: string; readonly later: string }>> = {
  de: {
    hours: 'Wir sind montags bis freitags von 8 bis 18 Uhr für dich da.',
    later: 'Danke für deine Nachricht! Ich habe nachgesehen und melde mich bis morgen mit der Antwort.',
  },
  en: {
    hours: 'We are here for you Monday to Friday, 8 am to 6 pm.',
    later: 'Thank you for your message! I have had a look and will be back with the answer by tomorrow.',
  },
  it: {
    hours: 'Siamo qui per te dal lunedì al venerdì, dalle 8 alle 18.',
    later: 'Grazie del messaggio! Ho dato un’occhiata e torno con la risposta entro domani.',
  },
};

/** The body's very bytes are what is signed: check them before anything reads them. */
function isFromDearly({ headers }: IncomingMessage, body: Buffer): boolean {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) return false;
  const key = Buffer.from(CHAT_SECRET.replace(/^whsec_/, ''), 'base64');
  const due = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  const shown = String(headers['webhook-signature']).split(' ');
  return shown.some((one) => {
    const signature = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return signature.length === due.length && timingSafeEqual(signature, due);
  });
}

/** The Idempotency-Key makes a reply that is sent again after a failure one reply. */
async function replyLater({ conversation, message, lang }: Message['data']): Promise<void> {
  const text = (words[lang] ?? words.en)?.later;
  for (let attempt = 1; attempt <= 5; attempt++) {
    await rest(250 * attempt);
    const response = await fetch(`${DEARLY_URL}/v1/chats/${conversation}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${DEARLY_KEY}`,
        'content-type': 'application/json',
        'idempotency-key': message.id,
      },
      body: JSON.stringify({ text }),
    }).catch(() => null);
    if (response !== null && response.status < 500) return console.log('replied later:', response.status);
  }
}

/** The same message may come twice. A real bot keeps the ids where it keeps its conversations. */
const heard = new Set<string>();

function answer({ data }: Message): { status: number; body?: unknown } {
  const { message, lang, transcript } = data;
  console.log('asked:', message.text.length, 'characters,', transcript.length, 'before');
  if (/(öffnungszeit|geöffnet|opening|open|orari|aperti)/i.test(message.text))
    return { status: 200, body: { reply: (words[lang] ?? words.en)?.hours } };
  if (!heard.has(message.id)) void replyLater(data);
  heard.add(message.id);
  return { status: 202 };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > 512 * 1024) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function take(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
  const body = await read(request);
  if (request.method !== 'POST' || request.url !== '/chat') return { status: 404 };
  return isFromDearly(request, body) ? answer(JSON.parse(body.toString('utf8'))) : { status: 401 };
}

const server = createServer(async (request, response) => {
  const { status, body } = await take(request).catch(() => ({ status: 400, body: undefined }));
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(body === undefined ? '' : `${JSON.stringify(body)}\n`);
});
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : PORT;
  console.log(`The bot listens on http://127.0.0.1:${port}/chat`);
});
process.on('SIGTERM', () => server.close(() => process.exit(0))).on('SIGINT', () => process.exit(0));
