import type { Adapts } from 'dearly/author';
import type { StatementView } from '../../templates/statement/contract.ts';
import { sentences } from '../kit/sentences.ts';

type Goal = keyof StatementView['video']['goals'];
type Tip = Pick<StatementView['tips'][number], 'id' | 'title' | 'text'>;

/** What the pack's form `goal` asks; its options are the goals. */
const question = { form: 'goal', field: 'goal' } as const;
const goals: readonly Goal[] = ['save', 'green', 'certain', 'simple'];
/** What costs a handle comes before what costs a walk. */
const easiestFirst = ['cook', 'standby', 'wash', 'light', 'dry'];

/** The tips as they are worth most to whoever said what matters: by what they save, or by how little they ask. */
export function tipsByGoal({ tips, video }: StatementView): Adapts<{ title: string; tips: readonly Tip[] }> {
  const inOrder = (goal: Goal) => (goal === 'simple' ? [...tips].sort(byEase) : tips);
  return {
    ...question,
    by: record((goal) => {
      const { tipsTitle } = video.goals[goal];
      return {
        chapter: tipsTitle,
        narration: [{ say: sentences(tipsTitle) }],
        caption: sentences(
          tipsTitle,
          inOrder(goal)
            .map(({ title, saving }) => `${title}: ${saving}`)
            .join(', '),
        ),
        props: {
          title: tipsTitle,
          tips: inOrder(goal).map(({ id, title, text, gain }) => ({
            id,
            title,
            text: goal === 'save' ? gain : text,
          })),
        },
      };
    }),
  };
}

export function closingByGoal({ video }: StatementView): Adapts<{ text: string; note: string }> {
  return {
    ...question,
    by: record((goal) => {
      const { note } = video.goals[goal];
      return { caption: sentences(video.closingText, note), props: { note } };
    }),
  };
}

function byEase(one: { readonly id: string }, other: { readonly id: string }): number {
  return easiestFirst.indexOf(one.id) - easiestFirst.indexOf(other.id);
}

function record<Change>(changeFor: (goal: Goal) => Change): Record<Goal, Change> {
  return Object.fromEntries(goals.map((goal) => [goal, changeFor(goal)])) as Record<Goal, Change>;
}
