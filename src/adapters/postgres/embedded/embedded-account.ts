import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DearlyError } from '../../../errors.ts';

/** The user that the server runs as; undefined means: as we do. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. So root lends it an account that every system already has: the one of the cluster
 * that is there, else `postgres`, else `nobody`.
 */
export async function serverAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  const account = accounts.get('postgres') ?? accounts.get('nobody');
  if (account === undefined) {
    throw new DearlyError('database-unavailable', 'The embedded PostgreSQL cannot run as root.', {
      details: [
        'Neither `postgres` nor `nobody` is in /etc/passwd: run Dearly as a plain user, or set DATABASE_URL.',
      ],
    });
  }
  return account;
}

function parsePasswd(text: string): Map<string, Account> {
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]));
}

/** Whether the account may pass through every folder down to `path` and, at its end, look inside. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  let folder = await realpath(path).catch(() => undefined);
  if (folder === undefined) return false;
  for (let needed = 0o5; ; needed = 0o1) {
    const { mode, uid, gid } = await stat(folder);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & needed) !== needed) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}
