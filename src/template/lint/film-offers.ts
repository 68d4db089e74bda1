import { type Field, type Form, scales } from '../form.ts';
import type { Hit, Level } from './finding.ts';
import type { MergedLint, OfferedFilm } from './lint.ts';

export const filmOffers: MergedLint = {
  name: 'film-offers',
  level: 'fault',
  looksFor:
    'a film that asks a form, follows a field or an answer, or branches to a scene that does not exist, or offers a form of several fields as a choice; a warning for a link to a target that no sample has',
  why: 'the page would leave the button out without a word, or the film never follow the answer',
  how: 'name one that there is',
  *measure(samples) {
    const films = samples.flatMap(({ film }) => film ?? []);
    const targets = [...new Set(films.flatMap((it) => it.targets))];
    const hits = films.flatMap((film) => [...faultsOf({ ...film, targets })]);
    // The same for every sample and language: told once.
    yield* new Map(hits.map((hit) => [`${hit.file} ${hit.what}`, hit])).values();
  },
};

function* faultsOf({ composition, scenes, forms, targets }: OfferedFilm): Generator<Hit & { level?: Level }> {
  const missing = (scene: string, what: string, name: string, known: readonly string[]) => ({
    file: `compositions/${composition}/composition.ts`,
    line: 1,
    what: `the scene "${scene}" ${what} "${name}"`,
    how: known.length > 0 ? `there are ${known.join(', ')}` : 'there are none',
  });
  const ids = scenes.map(({ id }) => id);
  for (const { id, interactions = [], adapts } of scenes) {
    for (const it of interactions) {
      if (it.kind === 'branch' && !ids.includes(it.scene))
        yield missing(id, 'branches to the unknown scene', it.scene, ids);
      if (it.kind === 'link' && !targets.includes(it.target))
        yield { ...missing(id, 'links to the unknown target', it.target, targets), level: 'warning' };
      if ('form' in it && !Object.hasOwn(forms, it.form))
        yield missing(id, 'asks the unknown form', it.form, Object.keys(forms));
      else if (it.kind === 'choice' && !isOneChoice(forms[it.form]))
        yield {
          ...missing(id, 'offers as a choice the form', it.form, []),
          how: 'a choice is a form of one field, with options or a scale; ask others as kind form',
        };
    }
    if (adapts === undefined) continue;
    const form = Object.hasOwn(forms, adapts.form) ? forms[adapts.form] : undefined;
    const field = form?.fields.find(({ name }) => name === adapts.field);
    const answers = field && answersTo(field);
    if (form === undefined) yield missing(id, 'follows the unknown form', adapts.form, Object.keys(forms));
    else if (field === undefined) {
      const names = form.fields.map(({ name }) => name);
      yield missing(id, `follows in "${form.name}" the unknown field`, adapts.field, names);
    } else if (answers !== null) {
      for (const answer of Object.keys(adapts.by))
        if (!answers?.includes(answer))
          yield missing(id, `follows in "${form.name}" the unknown answer`, answer, answers ?? []);
    }
  }
}

function isOneChoice(form: Form | undefined): boolean {
  const [field, ...others] = form?.fields ?? [];
  return others.length === 0 && field !== undefined && (field.type === 'choice' || field.type in scales);
}

/** Null where anything may be answered. */
function answersTo(field: Field): readonly string[] | null {
  if (field.type === 'choice') return field.options;
  if (field.type !== 'nps' && field.type !== 'csat' && field.type !== 'ces') return null;
  const [first, last] = scales[field.type];
  return Array.from({ length: last - first + 1 }, (_, step) => String(first + step));
}
