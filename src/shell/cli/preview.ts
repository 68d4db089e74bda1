import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { workingFolders } from '../working-folders.ts';
import { exits, perform } from './perform.ts';
import { untilAborted } from './run-jobs.ts';

/** Next to the server's 3000; whatever is free where it is taken and nobody asked for it. */
const usualPort = 3100;

export function previewCommand(): Command {
  return new Command('preview')
    .argument('[pack]', 'the pack to open first')
    .option(
      '--port <number>',
      `where to listen on 127.0.0.1; ${usualPort}, or a free one where that is taken`,
      readPort,
    )
    .description('look at every pack, sample and language while you write: email, page, text, source, checks')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- preview
  $ npm run dearly -- preview statement --port 4000

Shows what you save at once. Needs no database, unless you look up a stored profile; then DATABASE_URL or the
embedded one is used. Nothing is sent, counted or kept.`,
    )
    .action((pack: string | undefined, { port }: { port?: number }) =>
      perform(async ({ config, signal, openWire }) => {
        const { startPreview } = await import('../preview/start-preview.ts');
        let wire: ReturnType<typeof openWire> | undefined;
        const start = (at: number) =>
          startPreview({
            config,
            folders: { ...workingFolders, campaigns: [resolve('campaigns'), resolve('examples/campaigns')] },
            port: at,
            async findProfile(key) {
              wire ??= openWire().catch((error: unknown) => {
                wire = undefined;
                throw error;
              });
              return await (await wire).profiles.find(key);
            },
          });
        const preview = await (port === undefined ? start(usualPort).catch(() => start(0)) : start(port));
        const query = pack === undefined ? '' : `?pack=${encodeURIComponent(pack)}`;
        process.stderr.write(`Preview on ${preview.url}/${query} (Ctrl-C ends it)\n`);
        await untilAborted(signal);
        await preview.close();
        return exits.done;
      }),
    );
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('expected 0 to 65535');
  return port;
}
