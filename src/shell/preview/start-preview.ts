// Enters: Config, folders, a port. Leaves: the studio, listening, its files watched. Never: an address beyond loopback.
import type { AddressInfo } from 'node:net';
import { watchPacks } from '../../adapters/packs/watch-packs.ts';
import type { Config } from '../../config.ts';
import { DearlyError } from '../../errors.ts';
import type { Profile } from '../../profile/profile.ts';
import { openNews } from './events.ts';
import { openPress } from './press.ts';
import type { PressFolders } from './protocol.ts';
import { buildStudio } from './server.ts';
import { openWorkshop } from './wire.ts';

export interface RunningPreview {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startPreview(options: {
  readonly config: Config;
  readonly folders: PressFolders;
  /** 0 picks a free one. */
  readonly port: number;
  /** Asked only when somebody looks up a stored person. */
  readonly findProfile: (key: string) => Promise<Profile | null>;
}): Promise<RunningPreview> {
  const { config, folders, port, findProfile } = options;
  const press = openPress(folders);
  const workshop = openWorkshop(config, folders.compositions);
  const news = openNews();
  const app = await buildStudio({ press, workshop, findProfile, news });
  let latest = 0;

  /** Tells the browsers when the new state can be looked at, and only of the last of several changes. */
  async function reload(): Promise<void> {
    const mine = ++latest;
    news.tell('busy');
    press.renew();
    workshop.renew();
    // A page's frame waits for its script by itself; an email, and a complaint, need none.
    void workshop.site().catch(() => {});
    await press.ask('shelf', null).catch(() => {});
    if (mine === latest) news.tell('changed');
  }

  const unwatch = await watchPacks(
    [folders.packs, folders.compositions, ...folders.senders, ...folders.campaigns],
    () => void reload(),
  );
  const close = async () => {
    await unwatch();
    await app.close();
    await press.close();
    await workshop.close();
  };
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    await close();
    throw new DearlyError(
      'request-invalid',
      `Port ${port} cannot be listened on; name another with --port.`,
      { cause },
    );
  }
  // Both take a moment: ready, most of the time, before somebody has found the window.
  void press.ask('shelf', null).catch(() => {});
  void workshop.site().catch(() => {});
  const address = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, close };
}
