import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import type { Links } from '../../src/merge/links.ts';
import { rootsOf, type SenderWords, sayOf } from '../../src/merge/roots.ts';
import type { Snapshot } from '../../src/merge/snapshot.ts';
import type { CompiledPack } from '../../src/template/compiled-pack.ts';
import { arrangeBlocks, cutBlocks } from '../../src/template/cut-blocks.ts';
import { helpers } from '../../src/template/helpers.ts';
import { spliceIncludes } from '../../src/template/splice-includes.ts';
import { fillTheme, readTheme } from '../../src/template/theme.ts';

/**
 * The slow way, as most do it: fill the MJML for one person, then compile the whole of it. Its Handlebars template is
 * compiled once, which favours it.
 * @param blocks a variant's: put into this order in the author's source
 */
export function handlebarsThenMjml(pack: CompiledPack, blocks?: readonly string[]) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const theme = readTheme(pack.files['theme.json']);
  const written = cutBlocks(spliceIncludes(pack.files, 'email.mjml').source);
  const source = arrangeBlocks(written, blocks);
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
