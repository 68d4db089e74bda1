import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DearlyError } from '../../errors.ts';
import type { Complaint, PressFolders } from './protocol.ts';

type Folders = Pick<PressFolders, 'packs' | 'compositions'>;

/** Faults whose details name files, and where those stand. */
const homes: Readonly<Record<string, 'packs' | 'compositions'>> = {
  'pack-invalid': 'packs',
  'pack-missing': 'packs',
  'profile-missing': 'packs',
  'composition-invalid': 'compositions',
  'composition-missing': 'compositions',
};

/** What went wrong, for the page. `name` is the pack's, where one was asked for. */
export function complain(error: unknown, folders?: Folders, name?: string): Complaint {
  if (!(error instanceof DearlyError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'bug', message, details: placesOf(error) };
  }
  const { code, message } = error;
  const home = homes[code];
  const details =
    folders === undefined || name === undefined || home === undefined
      ? error.details
      : error.details.map((it) => from(join(folders[home], name), it));
  // A contract that does not compile, or throws: Node knows the line, our message only the file.
  const places = placesOf(error.cause);
  return { code, message, details: places.length > 0 ? places : details };
}

/** What all packs share (`../theme.mjml:3: …`) stands beside them. */
function from(folder: string, detail: string): string {
  const isShared = detail.startsWith('../');
  return `${shown(isShared ? dirname(folder) : folder)}/${isShared ? detail.slice(3) : detail}`;
}

/** Our own modules stand in every stack, and are not what the author has to mend. */
const house = new URL('../../', import.meta.url).pathname;

/** Why it failed after each place of ours in the stack that comes first; none where no file of ours is named. */
function placesOf(cause: unknown): string[] {
  if (!(cause instanceof Error) || cause instanceof DearlyError) return [];
  const lines = (cause.stack ?? '')
    .split('\n')
    .filter((line) => !/node_modules|node:/.test(line) && !line.includes(house));
  for (const line of lines) {
    const found = /(file:\/\/\/[^\s()]+?|\/[^\s():]+\.[jt]sx?):(\d+)/.exec(line);
    if (found?.[1] === undefined) continue;
    const path = found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1];
    return [`${shown(path)}:${found[2]}: ${cause.message}`];
  }
  return [];
}

/** From where the command was started, which is where editors open files. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
