import type { Links } from '../merge/links.ts';
import { mergeEmail } from '../merge/merge-email.ts';
import type { SenderWords } from '../merge/roots.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { MergedSample } from '../template/lint/lint.ts';

/** A sample as the lints measure it: with every subject that a variant may choose. */
export function mergeSample(
  name: string,
  snapshot: Snapshot,
  pack: CompiledPack,
  links: Links,
  sender: SenderWords,
): MergedSample {
  const variants = pack.subjects.map((choice) => {
    const it = mergeEmail({ ...snapshot, arrangement: { subject: choice } }, pack, links, sender);
    const isOwn = pack.files[`preheader.${choice}.hbs`] !== undefined;
    return { name: choice, subject: it.subject, preheader: isOwn ? it.preheader : null };
  });
  const { storyboard, targets, lang } = snapshot;
  const list = Object.hasOwn(pack.questions, lang) ? pack.questions[lang] : undefined;
  const leads = (list?.questions ?? []).flatMap(({ id, leads }) =>
    leads !== null && 'target' in leads ? [{ id, target: leads.target }] : [],
  );
  const { forms } = pack;
  return {
    name,
    ...mergeEmail(snapshot, pack, links, sender),
    variants,
    unsubscribe: links.unsubscribe,
    ...(storyboard && { film: { ...storyboard, forms, targets: Object.keys(targets) } }),
    ...(list && { chat: { lang, leads, targets: Object.keys(targets) } }),
  };
}
