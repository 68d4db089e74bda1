import Handlebars from 'handlebars';
import mjml2html from 'mjml';
import { makeSay } from '../../src/merge/format.ts';
import { helpers } from '../../src/template/helpers.ts';

export const say = makeSay({ lang: 'de', locale: 'de-DE', messages: {}, timeZone: 'UTC' });

const handlebars = Handlebars.create();
handlebars.registerHelper(helpers);

/** The slow way to one email: Handlebars first, then MJML. */
export async function slowly(source: string, view: object): Promise<string> {
  const mjml = handlebars.compile(source)(view, { data: { say } });
  return (await mjml2html(mjml, { fonts: {}, keepComments: false })).html;
}
