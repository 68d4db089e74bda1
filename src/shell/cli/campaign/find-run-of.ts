import { findRun } from '../../../adapters/postgres/find-run.ts';
import { DearlyError } from '../../../errors.ts';
import type { Run } from '../../../run/ledger.ts';
import type { Wire } from '../../wire.ts';

export const runArgument = ['<run>', "a campaign's name, which means its newest run, or a run's id"] as const;

export const occurrenceOption = ['--occurrence <name>', "that one of the campaign's runs"] as const;

/** @throws DearlyError `run-missing` */
export async function findRunOf(key: string, occurrence: string | undefined, wire: Wire): Promise<Run> {
  if (occurrence === undefined) return await findRun(wire.db, key);
  const run = await wire.campaigns.findRun(key, occurrence);
  if (run !== null) return run;
  throw new DearlyError('run-missing', `${key} has no run ${occurrence}.`);
}

/** The newest that has not ended, for verbs that mean what is going on; where all have, the newest. */
export async function findOpenRunOf(key: string, occurrence: string | undefined, wire: Wire): Promise<Run> {
  const [open] = occurrence === undefined ? await wire.campaigns.openRuns(key) : [];
  return open ?? (await findRunOf(key, occurrence, wire));
}
