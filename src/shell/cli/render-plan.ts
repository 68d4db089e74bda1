import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parseCampaign } from '../../campaign/read-campaign.ts';
import { DearlyError } from '../../errors.ts';
import { planRender } from '../../run/video/plan-render.ts';
import { type Format, formats } from '../../template/composition.ts';
import { exits, perform } from './perform.ts';
import { describePlan } from './plan-report.ts';
import { planTools } from './plan-tools.ts';
import { type Progress, startProgress } from './progress.ts';
import { readFormat } from './render-person.ts';

interface Options {
  format?: Format[];
  framesPerSecond?: number;
  json?: boolean;
}

export function renderPlanCommand(): Command {
  return new Command('plan')
    .argument('<file>', 'a campaign file (YAML)')
    .option('--format <formats>', `${Object.keys(formats).join(', ')}; several with commas`, collectFormats)
    .option(
      '--frames-per-second <n>',
      'how fast your machines draw; nothing is drawn here to measure it',
      readRate,
    )
    .option('--json', 'one JSON line on stdout')
    .description('what drawing the films of a campaign takes: scenes, frames, minutes, disk. Sends nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- render plan examples/campaigns/statement.yaml
  $ npm run dearly -- render plan examples/campaigns/statement.yaml --format 16:9,9:16 --json
  $ npm run dearly -- render plan statement.yaml --frames-per-second 400

Everybody's film is looked at as it would be now. To know the pace, one film is drawn here, and dropped again.`,
    )
    .action((file: string, options: Options) =>
      perform(async ({ openWire, signal }) => {
        const campaign = parseCampaign(await readText(file), file);
        const wire = await openWire();
        const reading = startProgress('Reading the audience', 'people');
        let measuring: Progress | null = null;
        try {
          const plan = await planRender(
            campaign,
            {
              formats: options.format ?? [],
              framesPerSecond: options.framesPerSecond,
              signal,
              onPeople: (done, total) => reading.update(done, total),
              onMeasure(people) {
                reading.end(`${people} people`);
                measuring = startProgress('Measuring the pace', 'frames');
              },
              onFrames: (done, total) => measuring?.update(done, total),
            },
            planTools(wire),
          );
          if (measuring === null) reading.end(`${plan.people} people`);
          (measuring as Progress | null)?.end('one film');
          process.stdout.write(options.json ? `${JSON.stringify(plan)}\n` : describePlan(plan));
          return Object.keys(plan.failed).length > 0 ? exits.partlyDone : exits.done;
        } catch (error) {
          (measuring ?? reading).fail();
          throw error;
        }
      }),
    );
}

/** Takes `--format 16:9 --format 9:16` and `--format 16:9,9:16`. */
function collectFormats(text: string, before: Format[] = []): Format[] {
  const named = text.split(',').map((it) => readFormat(it.trim()));
  return [...new Set([...before, ...named])];
}

function readRate(text: string): number {
  const rate = Number(text);
  if (Number.isFinite(rate) && rate > 0 && rate <= 1e6) return rate;
  throw new InvalidArgumentError('expected a number above 0');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DearlyError('file-unreadable', `${file} cannot be read.`, { cause });
  }
}
