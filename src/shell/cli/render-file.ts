import type { Readable } from 'node:stream';
import { Command } from 'commander';
import type { Wire } from '../wire.ts';
import { exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';
import {
  addFilmOptions,
  type Film,
  type FilmOptions,
  filmOf,
  formatOption,
  namesOnePerson,
} from './render-person.ts';
import { checkOut, writeOut } from './write-out.ts';

/** A verb of `render` that writes one file made of one person's film. */
export interface FileVerb {
  readonly name: string;
  readonly description: string;
  /** What the file may be called, the usual one first. */
  readonly endings: readonly string[];
  /** Shown while it is made; left out where that takes no time. */
  readonly title?: string;
  /** Words are the same in every format. */
  readonly hasFormat: boolean;
  readonly examples: string;
  make(film: Film, context: Making): Promise<Uint8Array | string | Readable>;
}

export interface Making {
  readonly wire: Wire;
  readonly signal: AbortSignal;
  /** In lower case, with its dot; empty where the file has none. */
  readonly ending: string;
}

export function fileCommand(verb: FileVerb): Command {
  const { name, endings, hasFormat } = verb;
  const command = addFilmOptions(new Command(name).description(verb.description), `film${endings[0]}`);
  if (hasFormat) command.addOption(formatOption());
  return command
    .addHelpText('after', `\nExamples:\n${verb.examples}`)
    .action((profile: string | undefined, options: FilmOptions) =>
      perform(async ({ openWire, signal }) => {
        const who = { ...options, ...(profile !== undefined && { profile }) };
        if (!namesOnePerson(who)) return exits.usage;
        const { out } = options;
        const ending = await checkOut(out, endings);
        const wire = await openWire();
        const film = await filmOf(who, wire);
        const progress = verb.title === undefined ? null : startProgress(verb.title);
        let sizeBytes: number;
        try {
          const content = await verb.make(film, { wire, signal, ending });
          signal.throwIfAborted();
          ({ sizeBytes } = await writeOut(out, content, signal));
        } catch (error) {
          progress?.fail();
          throw error;
        }
        progress?.end(inBytes(sizeBytes));
        const { id } = film.snapshot;
        const made = { id, file: out, ...(hasFormat && { format: film.format }), sizeBytes };
        process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${out}: ${inBytes(sizeBytes)}\n`);
        return exits.done;
      }),
    );
}

/** `812 KB`, `2.4 MB`, `1.3 GB` */
export function inBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
