// A tiny CRM: tells Dearly when somebody signs up, and hears from it what became of the message.
// Both ways are Standard Webhooks (https://www.standardwebhooks.com), written out here to show how little it takes.
//
//   POST /sign-up   {"externalId": "C-1", "email": "ada@example.org", "firstName": "Ada"}   → one signed event to Dearly
//   POST /dearly    what `dearly webhook add http://127.0.0.1:4000/dearly` sends              → checked and printed
//
// DEARLY_URL, TRIGGER_SECRET (`dearly trigger add`), WEBHOOK_SECRET (`dearly webhook add`) and PORT say where and how.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import process from 'node:process';
import { setTimeout as rest } from 'node:timers/promises';

const {
  DEARLY_URL = 'http://127.0.0.1:3000',
  TRIGGER_SECRET = '',
  WEBHOOK_SECRET = '',
  PORT = '4000',
} = process.env;
const toleranceSeconds = 300;

interface Customer {
  readonly externalId: string;
  readonly email: string;
  readonly firstName: string;
  readonly locale?: string;
}

function signatureOf(secret: string, id: string, timestamp: string, body: string | Buffer): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Tells it until it is taken. The event's name stays, so however often it arrives, one message goes. */
async function signUp(customer: Customer): Promise<unknown> {
  const id = `signup_${randomUUID()}`;
  const now = new Date().toISOString();
  const body = JSON.stringify({ profile: customer, data: { newsletterRequestedAt: now }, occurredAt: now });
  for (let attempt = 1; ; attempt++) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = signatureOf(TRIGGER_SECRET, id, timestamp, body).toString('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    const response = await fetch(`${DEARLY_URL}/v1/triggers/welcome`, {
      method: 'POST',
      headers,
      body,
    }).catch(() => null);
    if (response?.status === 202) return { event: id, job: await response.json() };
    // Wrong is wrong the next time, too.
    if (response !== null && response.status < 500) throw new Error(await response.text());
    if (attempt === 5) throw new Error(`Dearly does not take it: ${response?.status ?? 'no answer'}`);
    await rest(500 * 2 ** attempt);
  }
}

/** The body's very bytes are what is signed: check them before anything reads them. */
function isFromDearly({ headers }: IncomingMessage, body: Buffer): boolean {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= toleranceSeconds)) return false;
  const due = signatureOf(WEBHOOK_SECRET, id, timestamp, body);
  const shown = String(headers['webhook-signature']).split(' ');
  return shown.some((one) => {
    const signature = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return signature.length === due.length && timingSafeEqual(signature, due);
  });
}

/** The same message may come twice. A real CRM keeps the names where it keeps what they changed. */
const heard = new Set<string>();

function hear(id: string, body: Buffer): void {
  if (heard.has(id)) return;
  heard.add(id);
  const { type, timestamp, data } = JSON.parse(body.toString('utf8'));
  const what = [data.campaign, data.externalId, data.variant, data.target, data.reason].filter(Boolean);
  console.log(timestamp, type, ...what);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > 64 * 1024) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const body = await read(request);
  if (request.method === 'POST' && request.url === '/sign-up') {
    return { status: 202, body: await signUp(JSON.parse(body.toString('utf8'))) };
  }
  if (request.method === 'POST' && request.url === '/dearly') {
    if (!isFromDearly(request, body)) return { status: 401, body: { error: 'not signed' } };
    hear(String(request.headers['webhook-id']), body);
    return { status: 200, body: { heard: true } };
  }
  return { status: 404, body: { error: 'POST /sign-up or /dearly' } };
}

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request).catch((error: Error) => {
    return { status: 400, body: { error: error.message } };
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
});
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : PORT;
  console.log(`The CRM listens on http://127.0.0.1:${port}`);
});
process.on('SIGTERM', () => server.close(() => process.exit(0))).on('SIGINT', () => process.exit(0));
