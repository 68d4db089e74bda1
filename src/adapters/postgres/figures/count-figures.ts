// Enters: a run. Leaves: Figures, all that its report counts, in six statements side by side. Never: a person, or a word.
import type { Figures } from '../../../measure/cell.ts';
import type { Database } from '../connect.ts';
import { countAnswers } from './count-answers.ts';
import { countChat } from './count-chat.ts';
import { countDeeds } from './count-deeds.ts';
import { countSent } from './count-sent.ts';
import { countArms, countValues } from './count-values.ts';

export async function countFigures(db: Database, runId: string): Promise<Figures> {
  const [sent, deeds, values, arms, answers, chat] = await Promise.all([
    countSent(db, runId),
    countDeeds(db, runId),
    countValues(db, runId),
    countArms(db, runId),
    countAnswers(db, runId),
    countChat(db, runId),
  ]);
  return { sent, deeds, values, arms, answers, chat };
}
