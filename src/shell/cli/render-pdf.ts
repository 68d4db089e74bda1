import { Command } from 'commander';
import { snapshotFor } from '../../run/render-one.ts';
import { exits, perform } from './perform.ts';
import { startProgress } from './progress.ts';
import { inBytes } from './render-file.ts';
import { addFilmOptions, type FilmOptions, namesOnePerson, personRequest } from './render-person.ts';
import { checkOut, writeOut } from './write-out.ts';

/** Unlike the other files it needs no film, so it stands for itself. */
export function pdfCommand(): Command {
  const command = new Command('pdf').description("one person's page as a PDF, tagged and with bookmarks");
  return addFilmOptions(command, 'statement.pdf')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run dearly -- render pdf --profile NL-100001 --out statement.pdf',
    )
    .action((profile: string | undefined, options: FilmOptions) =>
      perform(async ({ openWire, signal }) => {
        const who = { ...options, ...(profile !== undefined && { profile }) };
        if (!namesOnePerson(who)) return exits.usage;
        const { out } = options;
        await checkOut(out, ['.pdf']);
        const wire = await openWire();
        const snapshot = await snapshotFor(await personRequest(who, wire), wire);
        const progress = startProgress('Printing the page');
        let sizeBytes: number;
        try {
          const { key } = await wire.pdfs.get(snapshot, signal);
          ({ sizeBytes } = await writeOut(out, await wire.store.read(key), signal));
        } catch (error) {
          progress.fail();
          throw error;
        }
        progress.end(inBytes(sizeBytes));
        const made = { id: snapshot.id, file: out, sizeBytes };
        process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${out}: ${inBytes(sizeBytes)}\n`);
        return exits.done;
      }),
    );
}
