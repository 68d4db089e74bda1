import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { DearlyError } from '../../errors.ts';

/**
 * The browser inside @sparticuz/chromium, unpacked (2 s, 200 MB) into `<dataDir>/browser/<version>/` when it is not
 * there yet. The package's own unpacking is not used: it runs whatever stands at /tmp/chromium, stale or planted.
 * @returns path of a program that any driver can start as it is
 * @throws DearlyError `browser-unavailable`
 */
export async function unpackBrowser(dataDir: string): Promise<string> {
  const { archives, version } = await findPackage();
  const browsers = join(dataDir, 'browser');
  // What we add is part of the version, or an update of ours would never reach a browser that is there already.
  const recipe = createHash('sha256').update(starter).update(fontConfiguration('')).digest('hex').slice(0, 8);
  const home = join(browsers, `${version}-${recipe}`);
  const program = join(home, 'chromium-with-libraries');
  if (await isThere(program)) return program;
  try {
    await mkdir(browsers, { recursive: true });
    await removeLeftovers(browsers);
    const making = await mkdtemp(join(browsers, 'making-'));
    try {
      await unpackInto(making, archives, home);
      // One rename: nobody ever meets half a browser.
      await rename(making, home);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      // Another process was faster.
      if (!(await isThere(program))) throw error;
    }
    return program;
  } catch (cause) {
    throw new DearlyError('browser-unavailable', 'The packaged browser cannot be unpacked.', {
      cause,
      details: [`${browsers}: ${cause instanceof Error ? cause.message : String(cause)}`],
    });
  }
}

async function findPackage(): Promise<{ archives: string; version: string }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new DearlyError('browser-unavailable', 'The packaged browser is for Linux on x64.');
  }
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { archives: join(root, 'bin'), version };
  } catch (cause) {
    throw new DearlyError('browser-unavailable', 'The package @sparticuz/chromium is not installed.', {
      cause,
    });
  }
}

async function unpackInto(folder: string, archives: string, home: string): Promise<void> {
  const unpack = (name: string, target: NodeJS.WritableStream) =>
    pipeline(createReadStream(join(archives, name)), createBrotliDecompress(), target);
  await Promise.all([
    unpack('chromium.br', createWriteStream(join(folder, 'chromium'), { mode: 0o755 })),
    unpack('al2023.tar.br', extract(folder)),
    // Chromium looks for its software GPU beside itself.
    unpack('swiftshader.tar.br', extract(folder)),
    unpack('fonts.tar.br', extract(folder)),
  ]);
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration(join(home, 'font-cache')));
  await writeFile(join(folder, 'chromium-with-libraries'), starter, { mode: 0o755 });
  await chmod(folder, 0o755);
}

/** Bare systems lack nss and nspr, so Chromium brings its own; and have no font configuration, without which no text is drawn. */
const starter = `#!/bin/sh
here=\${0%/*}
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

/** The same family wherever no other is named; the system's fonts only for letters that it lacks. */
const fontConfiguration = (cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${cache.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Open Sans</string></edit>
  </match>
</fontconfig>
`;

/** Folders of processes that were killed while they unpacked. */
async function removeLeftovers(browsers: string): Promise<void> {
  for (const name of await readdir(browsers)) {
    if (!name.startsWith('making-')) continue;
    const folder = join(browsers, name);
    const made = await stat(folder).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > 600_000) await rm(folder, { recursive: true, force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
