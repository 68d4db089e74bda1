import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const call = promisify(execFile);

/** A real one, as Debian packs it. What comes for example.org goes on to `next`, everything else is refused. */
export interface MailServer {
  readonly name: string;
  /** As far as one can see without starting it. Each wants root, to give its processes users of their own. */
  readonly canRun: boolean;
  /** What it says of an address that it has no way for. */
  readonly refusal: object;
  /** Returns what stops it. */
  start(folder: string, port: number, next: number): Promise<() => Promise<void>>;
}

const isRoot = process.getuid?.() === 0;

const openSmtpd: MailServer = {
  name: 'OpenSMTPD',
  // It keeps one queue for the whole machine: no other one may be running.
  canRun: isRoot && existsSync('/usr/sbin/smtpd') && !existsSync('/run/smtpd.sock'),
  refusal: { kind: 'bounced', code: 550 },
  async start(folder, port, next) {
    const config = join(folder, 'smtpd.conf');
    const lines = [
      `listen on 127.0.0.1 port ${port} hostname mta.example`,
      `action "on" relay host smtp://127.0.0.1:${next}`,
      'match from any for domain "example.org" action "on"',
    ];
    await writeFile(config, `${lines.join('\n')}\n`);
    await chmod(config, 0o600);
    const server = spawn('/usr/sbin/smtpd', ['-d', '-f', config], { stdio: 'ignore' });
    return async () => {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    };
  },
};

const postfix: MailServer = {
  name: 'Postfix',
  canRun: isRoot && existsSync('/usr/sbin/postfix'),
  // 5.7.1 speaks of a policy, not of the address.
  refusal: { kind: 'failed', code: 554, pause: false },
  async start(folder, port, next) {
    const config = join(folder, 'postfix');
    await mkdir(config);
    await mkdir(join(folder, 'queue'));
    // Its processes leave root behind before they come here.
    await chmod(folder, 0o755);
    const settings = [
      'compatibility_level = 3.6',
      `queue_directory = ${folder}/queue`,
      `data_directory = ${folder}/data`,
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'myhostname = mta.example',
      'mydestination =',
      'mynetworks =',
      'alias_maps =',
      'relay_domains = example.org',
      `transport_maps = inline:{ example.org=smtp:[127.0.0.1]:${next} }`,
      'smtpd_relay_restrictions = reject_unauth_destination',
    ];
    const unix = {
      ...{ rewrite: 'trivial-rewrite', smtp: 'smtp', proxymap: 'proxymap' },
      ...{ bounce: 'bounce', defer: 'bounce', trace: 'bounce', error: 'error', retry: 'error' },
    };
    const services = [
      `127.0.0.1:${port} inet n - n - - smtpd`,
      'qmgr unix n - n 300 1 qmgr',
      'cleanup unix n - n - 0 cleanup',
      'anvil unix - - n - 1 anvil',
      ...Object.entries(unix).map(([name, program]) => `${name} unix - - n - - ${program}`),
    ];
    await writeFile(join(config, 'main.cf'), `${settings.join('\n')}\n`);
    await writeFile(join(config, 'master.cf'), `${services.join('\n')}\n`);
    await call('/usr/sbin/postfix', ['-c', config, 'start']);
    return async () => void (await call('/usr/sbin/postfix', ['-c', config, 'stop']));
  },
};

export const mailServers: readonly MailServer[] = [openSmtpd, postfix];
