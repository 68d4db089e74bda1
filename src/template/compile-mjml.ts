import mjml2html from 'mjml';
import { slotMustaches } from './mjml-slots.ts';

/**
 * MJML with Handlebars in, HTML with Handlebars out: run once for a pack, since whatever differs by person, language
 * or variant is still a mustache afterwards.
 */
export async function compileMjml(
  source: string,
  file: string,
): Promise<{ readonly html: string; readonly faults: readonly string[] }> {
  const slotted = slotMustaches(source, file);
  if (slotted.faults.length > 0) return { html: '', faults: slotted.faults };
  const includes = [...source.matchAll(/<mj-include\b/g)].map(
    ({ index }) =>
      `${file}:${source.slice(0, index).split('\n').length}: <mj-include> reads files, which packs do not; paste its content`,
  );
  if (includes.length > 0) return { html: '', faults: includes };
  try {
    // No fonts: MJML would have every reader's mail program call Google.
    const { html, errors } = await mjml2html(slotted.mjml, {
      validationLevel: 'soft',
      fonts: {},
      keepComments: false,
    });
    const faults = errors.map((it) => `${file}:${it.line}: ${it.message} <${it.tagName}>`);
    const restored = slotted.restore(html);
    return { html: fold(restored.html), faults: [...faults, ...restored.faults] };
  } catch (cause) {
    return { html: '', faults: [`${file}: ${cause instanceof Error ? cause.message : String(cause)}`] };
  }
}

/** Indentation that nobody sees is a third of MJML's output. A line break stays one, since it may part two words. */
function fold(html: string): string {
  return html.replace(/[ \t]*\n[ \t\n]*/g, '\n').trim();
}
