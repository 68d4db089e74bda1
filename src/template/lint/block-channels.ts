import { cutBlocks } from '../cut-blocks.ts';
import type { Lint } from './lint.ts';
import { placeAt, type Source } from './source.ts';

/** What shows the same message in other ways. */
const channels = ['email.mjml', 'text.hbs', 'site.hbs'];

export const blockChannels: Lint = {
  name: 'block-channels',
  level: 'warning',
  looksFor: 'a `{{#block}}` that another of `email.mjml`, `text.hbs` and `site.hbs` lacks',
  why: 'a variant would take it away, or move it, in one channel and not in the other',
  how: 'put {{#block "…"}} with the same name around the same section there',
  *find({ sources }) {
    const found = sources.filter(({ file }) => channels.includes(file)).map(named);
    for (const { source, names } of found)
      for (const name of names) {
        const lacking = found
          .filter((other) => !other.names.includes(name))
          .map((other) => other.source.file);
        if (lacking.length === 0) continue;
        const at = source.text.search(new RegExp(`\\{\\{#block\\s+["']${name}["']`));
        yield { ...placeAt(source, at), what: `block "${name}" does not stand in ${lacking.join(' and ')}` };
      }
  },
};

function named(source: Source) {
  return { source, names: cutBlocks(source.text).blocks.map(({ name }) => name) };
}
