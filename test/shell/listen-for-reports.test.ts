import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts';
import { findSuppressions } from '../../src/adapters/postgres/find-suppressions.ts';
import { postgresLedger } from '../../src/adapters/postgres/ledger/postgres-ledger.ts';
import { upsertProfiles } from '../../src/adapters/postgres/upsert-profiles.ts';
import { readConfig } from '../../src/config.ts';
import { bounceAddressOf } from '../../src/deliver/bounce-address.ts';
import type { Ledger } from '../../src/run/ledger.ts';
import { type Listening, listenForReports } from '../../src/shell/listen-for-reports.ts';
import { testDatabase } from '../support/database.ts';
import { fillReport } from '../support/report.ts';
import { sentMessage } from '../support/sent-message.ts';

const secret = Buffer.from('a secret of thirty-two characters');
const domain = 'bounce.nordlicht.example';

let made: Awaited<ReturnType<typeof testDatabase>>;
let db: Database;
let ledger: Ledger;
let listening: Listening;
const faults: string[] = [];

async function listen(url: string, database = db): Promise<Listening> {
  const config = readConfig({ DEARLY_INBOUND: url });
  const wire = {
    config,
    db: database,
    secrets: [secret] as const,
    addressKey: secret,
    now: () => new Date(),
  };
  const opened = await listenForReports(wire, { onFault: (what) => faults.push(what) });
  if (opened === null) throw new Error('nobody listens');
  return opened;
}

beforeAll(async () => {
  made = await testDatabase();
  db = openDatabase(made.url);
  ledger = postgresLedger(db, secret);
  listening = await listen('lmtp://127.0.0.1:0');
});
afterAll(async () => {
  await listening.close();
  await db.destroy();
  await made.drop();
});

/** What the server answered: a string to all that it took, an error with the code otherwise. */
async function deliver(url: string, to: string | readonly string[], raw: Buffer): Promise<unknown> {
  const { protocol, hostname: host, port } = new URL(url);
  const connection = new SMTPConnection({
    host,
    port: Number(port),
    lmtp: protocol === 'lmtp:',
    ignoreTLS: true,
  });
  connection.on('error', () => {});
  await new Promise<void>((resolve) => connection.connect(() => resolve()));
  try {
    return await new Promise((resolve) => {
      connection.send({ from: '', to: [...(Array.isArray(to) ? to : [to])] }, raw, (error, info) =>
        resolve(error ?? info),
      );
    });
  } finally {
    connection.quit();
  }
}

async function sentTo(email: string) {
  await upsertProfiles(db, [{ externalId: email, email }]);
  const profile = await db
    .selectFrom('profiles')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const sent = await sentMessage(ledger, profile.id);
  return { ...sent, profileId: profile.id, address: bounceAddressOf(secret, sent.rowId, domain) };
}
const reportOn = (name: string, sent: { readonly rowId: string; readonly snapshotId: string }) =>
  fillReport(readFileSync(`test/fixtures/reports/${name}.eml`, 'utf8'), { secret, ...sent });
const suppressed = async (email: string) => (await findSuppressions(db, secret, [email])).get(email) ?? [];

test('a bounce that comes in twice counts once, and suppresses', async () => {
  const sent = await sentTo('ada@example.org');
  const raw = reportOn('postfix-unknown-user', sent);
  // As a mail server on the way may write it.
  expect(await deliver(listening.url, sent.address.toUpperCase(), raw)).toMatchObject({ rejected: [] });
  expect(await deliver(listening.url, sent.address, raw)).toMatchObject({ rejected: [] });
  expect(await ledger.look(sent.runId, sent.profileId)).toMatchObject({ state: 'bounced' });
  expect(await suppressed('ada@example.org')).toEqual(['*']);
  expect(listening.counts()).toMatchObject({ hard: 1, duplicate: 1 });
});

test('a complaint comes to complaints@', async () => {
  const sent = await sentTo('bob@example.org');
  await deliver(listening.url, `complaints@${domain}`, reportOn('yahoo-complaint', sent));
  expect(await suppressed('bob@example.org')).toEqual(['*']);
  expect(listening.counts()).toMatchObject({ complaint: 1 });
});

test('holiday notices and spam are taken and forgotten, forged and foreign addresses end at the door', async () => {
  const sent = await sentTo('eve@example.org');
  await deliver(listening.url, sent.address, reportOn('holiday-notice', sent));
  await deliver(listening.url, sent.address, Buffer.from('Buy!\r\n'));
  expect(listening.counts()).toMatchObject({ ignored: 2 });
  const forged = bounceAddressOf(Buffer.alloc(32), sent.rowId, domain);
  for (const to of [forged, `postmaster@${domain}`, 'ada@example.org']) {
    expect(await deliver(listening.url, to, reportOn('postfix-unknown-user', sent))).toMatchObject({
      code: 'EENVELOPE',
      responseCode: 550,
    });
  }
  expect(listening.counts()).toMatchObject({ refused: 3 });
  expect(await ledger.look(sent.runId, sent.profileId)).toMatchObject({ state: 'accepted' });
});

test('what is too large is refused, and the server goes on', async () => {
  const sent = await sentTo('large@example.org');
  const large = Buffer.concat([reportOn('postfix-unknown-user', sent), Buffer.alloc(5_100_000, 'x\r\n')]);
  expect(await deliver(listening.url, sent.address, large)).toMatchObject({ response: '552 too large' });
  await deliver(listening.url, sent.address, reportOn('exchange-mailbox-full', sent));
  expect(listening.counts()).toMatchObject({ soft: 1 });
});

test('over SMTP as well; while the database is away the mail server is asked to come again', async () => {
  const away = openDatabase('postgres://nobody@127.0.0.1:1/none');
  const overSmtp = await listen('smtp://127.0.0.1:0', away);
  const sent = await sentTo('smtp@example.org');
  const raw = reportOn('postfix-unknown-user', sent);
  expect(await deliver(overSmtp.url, sent.address, raw)).toMatchObject({ responseCode: 451 });
  expect(faults).toEqual(['a report']);
  await overSmtp.close();
  await away.destroy();
});

test('who hangs up in the middle leaves nothing behind', async () => {
  const before = listening.counts();
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1');
  socket.once('data', () => socket.write('LHLO x\r\nMAIL FROM:<>\r\n', () => socket.destroy()));
  await new Promise((resolve) => socket.once('close', resolve));
  expect(listening.counts()).toEqual(before);
});

test('an address that is taken is said at the start', async () => {
  await expect(listen(listening.url)).rejects.toMatchObject({ code: 'config-invalid' });
});
