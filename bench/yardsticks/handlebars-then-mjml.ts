import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import type { Links } from '../../src/merge/links.ts';
import { rootsOf, type SenderWords, sayOf } from '../../src/merge/roots.ts';
import type { Snapshot } from '../../src/merge/snapshot.ts';
import type { CompiledPack } from '../../src/template/compiled-pack.ts';
import { helpers } from '../../src/template/helpers.ts';
import { spliceIncludes } from '../../src/template/splice-includes.ts';
import { fillTheme, readTheme } from '../../src/template/theme.ts';

/**
 * The slow way, as most do it: fill the MJML for one person, then compile the whole of it. Its Handlebars template is
 * compiled once, which favours it.
 */
export function handlebarsThenMjml(pack: CompiledPack) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const theme = readTheme(pack.files['theme.json']);
  const { source } = spliceIncludes(pack.files, 'email.mjml');
  const fill = handlebars.compile(fillTheme(source, theme, 'email.mjml').text);
  return async (
    snapshot: Snapshot,
    links: Links,
    sender: SenderWords,
    preheader: string,
  ): Promise<string> => {
    const roots = { ...rootsOf(snapshot, links, sender), preheader };
    const mjml = fill(roots, { data: { say: sayOf(snapshot, pack) } });
    return (await mjml2html(mjml, { fonts: {}, keepComments: false })).html;
  };
}
