import { watch } from 'chokidar';

/** A save is often several writes, and an editor's rename looks like a removal first. */
const settleMs = 60;

/**
 * Says once per save that something below one of the folders has changed. Folders that are not there (yet) are no fault.
 * @returns ends the watching
 */
export async function watchPacks(
  folders: readonly string[],
  onChange: () => void,
): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...folders], {
    ignoreInitial: true,
    // Editors' swap files and backups.
    ignored: (path) => /(^|\/)(\.[^/]+\.sw.|\.#[^/]*|[^/]*~|4913)$/.test(path),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
