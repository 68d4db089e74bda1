import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Fills `dir` by `build` unless it is there already. It appears whole or not at all; when two processes build at
 * once, the first to finish wins and the other's copy is thrown away.
 */
export async function buildOnce(dir: string, build: (into: string) => Promise<void>): Promise<void> {
  if (await exists(dir)) return;
  const draft = `${dir}.draft-${randomUUID()}`;
  await mkdir(dirname(dir), { recursive: true });
  try {
    await mkdir(draft);
    await build(draft);
    await rename(draft, dir).catch(async (cause: unknown) => {
      if (!(await exists(dir))) throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
