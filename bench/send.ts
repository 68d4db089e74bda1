import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { loadComposition } from '../src/adapters/packs/load-composition.ts';
import { loadPack } from '../src/adapters/packs/load-pack.ts';
import { loadSamples } from '../src/adapters/packs/load-samples.ts';
import { openSmtpTransport } from '../src/adapters/smtp/smtp-transport.ts';
import { type Addressing, composeMessage } from '../src/deliver/compose-message.ts';
import type { Sender } from '../src/deliver/sender.ts';
import { type Email, mergeEmail } from '../src/merge/merge-email.ts';
import { takeSnapshot } from '../src/merge/take-snapshot.ts';
import { makeLinks } from '../src/track/make-links.ts';
import { median } from './per-second.ts';
import { openSmtpSink, type SmtpSink } from './sinks/open-smtp-sink.ts';
import { openNodemailerPool } from './yardsticks/nodemailer-pool.ts';

export const title =
  '2,000 merged statements as signed mail (MIME, RSA-2048, SMTP): ours, against nodemailer’s pool doing the same.';

const count = 2000;
const rounds = 3;
const connections = 5;
/** Messages in the making or on their way at once, on both sides. */
const lanes = 16;

interface Statement {
  readonly email: Email;
  readonly links: { readonly unsubscribe: string };
  readonly addressing: Addressing;
}

export async function measure(): Promise<Record<string, number>> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sender: Sender = {
    from: { name: 'Nordlicht Energie', address: 'service@nordlicht.example' },
    replyTo: null,
    bounceDomain: null,
    dkim: [{ domain: 'nordlicht.example', selector: 's1', privateKey }],
    legal: { company: 'Nordlicht Energie GmbH', lines: ['Speicherstraße 12', '20457 Hamburg'] },
  };
  const statements = await merge(sender);
  const sink = await openSmtpSink();
  const transport = openSmtpTransport(`smtp://127.0.0.1:${sink.port}`, {
    maxConnections: connections,
    maxMessages: 1_000_000,
  });
  const pool = openNodemailerPool(sink.port, connections, sender);
  const ours = async ({ email, links, addressing }: Statement) => {
    const receipt = await transport.send(await composeMessage(email, sender, links, addressing));
    if (receipt.kind !== 'accepted') throw new Error(receipt.response);
  };
  const theirs = ({ email, links, addressing }: Statement) => pool.send(email, links, addressing);
  try {
    const figures = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const theirFigure = await timed(statements, theirs, sink, publicKey);
      const ourFigure = await timed(statements, ours, sink, publicKey);
      // The first round warms up: a campaign goes on for hours.
      if (round === 0) continue;
      figures.ours.push(ourFigure);
      figures.theirs.push(theirFigure);
    }
    const perSecond = median(figures.ours);
    const nodemailerPerSecond = median(figures.theirs);
    return {
      perSecond: Math.round(perSecond),
      nodemailerPerSecond: Math.round(nodemailerPerSecond),
      ratio: Math.round((perSecond / nodemailerPerSecond) * 10) / 10,
    };
  } finally {
    await transport.close();
    pool.close();
    await sink.close();
  }
}

/** Messages a second. Each must have come whole, and the signatures of a sample must hold. */
async function timed(
  statements: readonly Statement[],
  send: (statement: Statement) => Promise<void>,
  sink: SmtpSink,
  publicKey: KeyObject,
): Promise<number> {
  const queue = statements.values();
  const startedAt = performance.now();
  const lane = async () => {
    for (const statement of queue) await send(statement);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  const taken = await sink.take();
  if (taken.messages !== statements.length || taken.whole !== statements.length) {
    throw new Error(`Of ${statements.length} messages ${taken.messages} came, ${taken.whole} of them whole.`);
  }
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const resolver = async () => [[`v=DKIM1; k=rsa; p=${key}`]];
  for (const sample of taken.samples) {
    const { results } = await dkimVerify(Buffer.from(sample, 'latin1'), { resolver });
    if (results.length !== 1 || results[0]?.status.result !== 'pass')
      throw new Error('A signature does not hold.');
  }
  return statements.length / seconds;
}

/** Statements of different people, merged before the clock starts. */
async function merge(sender: Sender): Promise<Statement[]> {
  const pack = await loadPack('templates', 'statement');
  const composition = await loadComposition('compositions', 'statement');
  const samples = await loadSamples('templates', 'statement');
  const first = ['Zoë', 'Jürgen', 'Francesca', 'Ada', 'Søren', '😀 Max', 'יעל', 'Anne-Marie'];
  const last = ['Müller', 'De’ Rossi', 'Lovelace', 'Ångström', 'von der Heide', 'O’Neill', 'Weiß'];
  const flat = (text: string) => Buffer.from(text).toString();
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length]?.profile;
    if (sample === undefined) throw new Error('the pack has no samples');
    const firstName = first[index % first.length] ?? '';
    const lastName = `${last[index % last.length]} ${index}`;
    const rowId = randomUUID();
    const at = new Date();
    const how = { sender: 'nordlicht', variant: 'a', tracking: true, now: at };
    const snapshot = takeSnapshot({
      id: rowId,
      profile: { ...sample, firstName, lastName },
      pack,
      composition,
      ...how,
    });
    const origins = { api: 'https://dearly.example', site: 'https://dearly.example' };
    const links = makeLinks(Buffer.from('a secret of thirty-two characters'), snapshot, origins);
    const { subject, preheader, html, text } = mergeEmail(snapshot, pack, links, sender);
    return {
      // Strings as they are when they come from somewhere, whoever reads them first.
      email: { subject: flat(subject), preheader, html: flat(html), text: flat(text) },
      links,
      addressing: {
        to: { name: `${firstName} ${lastName}`, address: `person.${index}@example.org` },
        rowId,
        secret: Buffer.from('a secret of thirty-two characters'),
        campaign: 'statement',
        lang: snapshot.lang,
        at,
      },
    };
  });
}
