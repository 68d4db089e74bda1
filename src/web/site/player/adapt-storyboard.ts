import type { Storyboard } from '../../../merge/snapshot.ts';

/** What was answered, by form and field. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The film as it follows these answers. Lengths stay, so every place in it keeps its time; the file is never adapted. */
export function adaptStoryboard(storyboard: Storyboard, answers: Answers): Storyboard {
  let changes = false;
  const scenes = storyboard.scenes.map((scene) => {
    const value = answerOf(scene, answers);
    const change = value === undefined ? undefined : own(scene.adapts?.by, value);
    if (change === undefined) return scene;
    changes = true;
    const { props, chapter = scene.chapter, caption = scene.caption } = change;
    // What is left out came as `undefined` nowhere: this went through JSON.
    return { ...scene, chapter, caption, props: { ...scene.props, ...(props as typeof scene.props) } };
  });
  return changes ? { ...storyboard, scenes } : storyboard;
}

/** What was answered to the question that this scene follows. */
export function answerOf({ adapts }: Storyboard['scenes'][number], answers: Answers): string | undefined {
  const value = adapts && own(own(answers, adapts.form), adapts.field);
  return typeof value === 'string' ? value : undefined;
}

/** Never what an object merely inherits: an answer may say `constructor`. */
function own<Value>(from: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return from !== undefined && Object.hasOwn(from, name) ? from[name] : undefined;
}
