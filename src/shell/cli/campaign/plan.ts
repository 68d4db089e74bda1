import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Campaign } from '../../../campaign/campaign.ts';
import { type CampaignPlan, planCampaign } from '../../../run/campaign/plan-campaign.ts';
import type { Wire } from '../../wire.ts';
import { type Context, type Exit, exits, perform } from '../perform.ts';
import { planTools } from '../plan-tools.ts';
import { type Progress, startProgress } from '../progress.ts';
import { checkOut } from '../write-out.ts';
import { describeCampaignPlan } from './plan-view.ts';
import { checkDraft, readDraft } from './read-file.ts';

export interface PlanFileOptions {
  list?: string;
  framesPerSecond?: number;
  json?: boolean;
}

export function planCommand(): Command {
  return new Command('plan')
    .argument('<file>', 'a campaign file (YAML)')
    .option('--list <file>', 'write who would not get it, and why, as NDJSON')
    .option(
      '--frames-per-second <n>',
      'how fast your machines draw films; measured here when left out',
      readRate,
    )
    .option('--json', 'one JSON line on stdout')
    .description(
      'look ahead over the whole audience: who gets it, who does not and why, how long it takes. Sends nothing',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ npm run dearly -- campaign plan examples/campaigns/statement.yaml
  $ npm run dearly -- campaign plan statement.yaml --list left-out.ndjson
  $ npm run dearly -- campaign plan statement.yaml --json

Everybody's message is made as it would be now, and thrown away. Nothing is kept or sent.

Exit codes: 0 ready to go, 3 a mistake in the file, 4 some messages could not be made.`,
    )
    .action((file: string, options: PlanFileOptions) =>
      perform((context) => planFile(file, options, context)),
    );
}

/** `campaign run --dry-run` does the same. */
export async function planFile(
  file: string,
  options: PlanFileOptions,
  { openWire, signal }: Context,
): Promise<Exit> {
  const draft = await readDraft(file);
  if (options.list !== undefined) await checkOut(options.list, ['.ndjson', '.jsonl']);
  const wire = await openWire();
  const campaign = await checkDraft(draft, wire);
  const plan = await withList(options.list, (leftOut) => look(campaign, wire, options, { signal, leftOut }));
  process.stdout.write(options.json ? `${JSON.stringify(plan)}\n` : describeCampaignPlan(plan, campaign));
  const failing = Object.keys(plan.failed).length > 0 || Object.keys(plan.films?.failed ?? {}).length > 0;
  return failing ? exits.partlyDone : exits.done;
}

type LeftOut = (line: object) => Promise<void>;

async function look(
  campaign: Campaign,
  wire: Wire,
  options: PlanFileOptions,
  { signal, leftOut }: { readonly signal: AbortSignal; readonly leftOut: LeftOut },
): Promise<CampaignPlan> {
  const tools = planTools(wire);
  const reading = startProgress('Reading the audience', 'people');
  let films: Progress | null = null;
  let people = 0;
  try {
    const plan = await planCampaign(campaign, tools, {
      signal,
      framesPerSecond: options.framesPerSecond,
      onPeople(done, total) {
        people = done;
        reading.update(done, total);
      },
      onLeftOut: leftOut,
      onFilms(done, total) {
        if (films === null) {
          reading.end(`${people} people`);
          films = startProgress('Looking at their films', 'people');
        }
        films.update(done, total);
      },
    });
    const last = films as Progress | null;
    (last ?? reading).end(last ? `${plan.films?.films ?? 0} films` : `${plan.people} people`);
    return plan;
  } catch (error) {
    ((films as Progress | null) ?? reading).fail();
    throw error;
  }
}

/** The list is there whole or not at all. */
async function withList<T>(file: string | undefined, work: (leftOut: LeftOut) => Promise<T>): Promise<T> {
  if (file === undefined) return await work(async () => {});
  const draft = `${file}.part`;
  const list = createWriteStream(draft);
  try {
    const done = await work(async (line) => {
      if (!list.write(`${JSON.stringify(line)}\n`))
        await new Promise<void>((next) => list.once('drain', next));
    });
    await new Promise<void>((ended, failed) => list.once('error', failed).end(ended));
    await rename(draft, file);
    return done;
  } catch (error) {
    list.destroy();
    await rm(draft, { force: true });
    throw error;
  }
}

function readRate(text: string): number {
  const rate = Number(text);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new InvalidArgumentError('expected a number above 0');
}
