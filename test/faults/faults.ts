import { begin, end } from './entries/begin-and-end.ts';
import { crowds } from './entries/crowds.ts';
import { database } from './entries/database.ts';
import { rowKills } from './entries/kills.ts';
import { mailServer } from './entries/mail-server.ts';
import { steering } from './entries/steering.ts';
import { webhook } from './entries/webhook.ts';
import type { Fault } from './fault.ts';

/** All there are, in the order of the table. */
export const faults: readonly Fault[] = [
  begin,
  ...rowKills,
  end,
  ...crowds,
  ...mailServer,
  ...steering,
  ...database,
  webhook,
];
