import { type Command, InvalidArgumentError, Option } from 'commander';
import { DearlyError } from '../../errors.ts';
import type { Snapshot, Storyboard } from '../../merge/snapshot.ts';
import { type PersonRequest, snapshotFor } from '../../run/render-one.ts';
import { chooseFormat } from '../../run/video/choose-format.ts';
import { type Format, formats } from '../../template/composition.ts';
import { patchOf } from '../profile-body.ts';
import type { Wire } from '../wire.ts';
import { readPerson } from './read-person.ts';

/** Who, and by which templates: what every verb of `render` takes. */
export interface PersonOptions {
  profile?: string;
  data?: string;
  pack: string;
  composition?: string;
  sender?: string;
}

/** For verbs that write one file of one person's film. */
export interface FilmOptions extends PersonOptions {
  format?: Format;
  out: string;
  json?: boolean;
}

export function addPersonOptions(command: Command): Command {
  return command
    .option('--profile <id>', 'the same as the argument')
    .option('--data <file>', 'the person as JSON instead, as in POST /v1/renders; kept as a profile')
    .option('--pack <name>', 'the template pack', 'statement')
    .option('--composition <name>', 'the composition; the one named like the pack when left out')
    .option('--sender <name>', 'the sender; the only one there is when left out');
}

/** @param file what is written, for the help: `x.mp4` */
export function addFilmOptions(command: Command, file: string): Command {
  return addPersonOptions(command.argument('[profile]', "the customer's number, or a profile's id"))
    .requiredOption('--out <file>', `where to write it, such as ${file}; what stands there is replaced`)
    .option('--json', 'one JSON line on stdout');
}

export function formatOption(): Option {
  const all = Object.keys(formats).join(', ');
  return new Option('--format <format>', `${all}; the composition's first when left out`).argParser(
    readFormat,
  );
}

export function readFormat(text: string): Format {
  const known = Object.keys(formats) as Format[];
  const found = known.find((it) => it === text);
  if (found === undefined) throw new InvalidArgumentError(`expected ${known.join(', ')}, not ${text}`);
  return found;
}

/** Whether one person was named, and not two; says so otherwise. */
export function namesOnePerson({ profile, data }: PersonOptions): boolean {
  if ((profile === undefined) !== (data === undefined)) return true;
  process.stderr.write('Name one person: the customer’s number, or --data FILE.\n');
  return false;
}

/** @throws DearlyError `file-unreadable`, `request-invalid` */
export async function personRequest(options: PersonOptions, wire: Wire): Promise<PersonRequest> {
  const { profile: profileId, data, pack, composition, sender } = options;
  const templates = { pack, composition, sender };
  if (data === undefined) return { ...templates, profileId };
  const { externalId, ...body } = await readPerson(data);
  const { patch } = await patchOf(externalId, body, { shelf: wire.shelf, at: wire.now() });
  return { ...templates, profile: patch };
}

export interface Film {
  readonly snapshot: Snapshot;
  readonly storyboard: Storyboard;
  readonly format: Format;
}

/** The person's film, not drawn yet. @throws DearlyError `request-invalid` where there is none, or not in this format */
export async function filmOf(options: PersonOptions & { format?: Format }, wire: Wire): Promise<Film> {
  const { format } = options;
  const snapshot = await snapshotFor({ ...(await personRequest(options, wire)), format }, wire);
  const { storyboard } = snapshot;
  if (storyboard === null) {
    const names = await wire.shelf.names('compositions');
    throw new DearlyError('request-invalid', `The pack "${options.pack}" has no film.`, {
      details: [`--composition: there are ${names.join(', ')}`],
    });
  }
  return { snapshot, storyboard, format: chooseFormat(storyboard, format) };
}
