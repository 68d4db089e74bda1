import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A build that nobody started with for so long is another source's: at 40 MB each they add up. */
const keptForMs = 7 * 86_400_000;

/**
 * Fills `dir` (`<kind>-<hash>`) by `build` unless it is there already. It appears whole or not at all; when two
 * processes build at once, the first to finish wins and the other's copy is thrown away. A new build sweeps out
 * those of its kind, and drafts of killed processes, that have not been used for a week.
 */
export async function buildOnce(dir: string, build: (into: string) => Promise<void>): Promise<void> {
  if (await touch(dir)) return;
  const draft = `${dir}.draft-${randomUUID()}`;
  await mkdir(dirname(dir), { recursive: true });
  try {
    await mkdir(draft);
    await build(draft);
    await rename(draft, dir).catch(async (cause: unknown) => {
      if (!(await touch(dir))) throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await sweep(dir);
}

/** Marks it as used; false where it is not there. */
function touch(dir: string): Promise<boolean> {
  const now = new Date();
  return utimes(dir, now, now).then(
    () => true,
    () => false,
  );
}

async function sweep(dir: string): Promise<void> {
  const kind = basename(dir).replace(/-[^-]*$/, '-');
  for (const name of await readdir(dirname(dir))) {
    const other = join(dirname(dir), name);
    if (!name.startsWith(kind) || other === dir) continue;
    const usedAt = await stat(other).catch(() => null);
    if (usedAt === null || Date.now() - usedAt.mtimeMs < keptForMs) continue;
    await rm(other, { recursive: true, force: true });
  }
}
