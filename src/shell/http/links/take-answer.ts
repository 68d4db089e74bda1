// Enters: a form that somebody sent from their page. Leaves: what it says learned once, and thanks; or what is wrong, field by field.
// Never: a figure of anybody else. Whose page it is, the link says, and nothing in the body can say otherwise.
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { learnAnswer } from '../../../adapters/postgres/learn-answer.ts';
import { answer } from '../../../answer/answer.ts';
import { DearlyError } from '../../../errors.ts';
import { dayIn } from '../../../merge/day-in.ts';
import { type PageForm, pageForm } from '../../../merge/page-forms.ts';
import { checkAnswer, type Reason } from '../../../template/check-answer.ts';
import type { CompiledPack } from '../../../template/compiled-pack.ts';
import { makeLinks } from '../../../track/make-links.ts';
import type { ServerParts } from '../parts.ts';
import { type Followed, refuse } from './follow-link.ts';
import { personalHeaders, sendPage } from './page.ts';
import { wordsFor } from './page-words.ts';
import { renderSite } from './render-site.ts';

/** A form of the author's own may leave the submission out: then it is not known when it comes twice. */
const named = { form: z.string().max(100), submission: z.uuid().default(() => randomUUID()) };
const plainSchema = z.looseObject(named);
const scriptedSchema = z.object({ ...named, values: z.record(z.string(), z.unknown()) });

export const takeAnswer = {
  /** urlencoded, by a browser that runs no script: answered by a page. */
  async plain(parts: ServerParts, found: Followed, body: unknown, reply: FastifyReply) {
    const { snapshot } = found;
    const sent = plainSchema.safeParse(body);
    if (!sent.success) return refuse(parts, reply, 400, snapshot.lang);
    const { form: name, submission, ...given } = sent.data;
    const outcome = await take(parts, found, { name, submission, given });
    if (outcome.kind === 'unknown') return refuse(parts, reply, 400, snapshot.lang);
    if (outcome.kind === 'gone') return refuse(parts, reply, 404, snapshot.lang);
    const hasPage = outcome.pack.parts.site !== null;
    if (outcome.kind === 'wrong') {
      if (!hasPage) return refuse(parts, reply, 422, snapshot.lang);
      const said = { wrong: { [name]: outcome.errors }, values: { [name]: textsOf(given) } };
      const { html, headers } = await renderSite(parts, found, said);
      return reply.code(422).headers(headers).send(html);
    }
    if (!hasPage) {
      const { lang, words } = wordsFor(snapshot.lang);
      return sendPage(reply, { lang, ...words.thanks }, parts.site);
    }
    const { site } = makeLinks(parts.secret, snapshot, parts.origins());
    // See Other: loading the page again must not answer again.
    return reply.headers(personalHeaders).redirect(`${site}?answered=${name}#form-${name}`, 303);
  },

  /** JSON, by the page's own code. */
  async scripted(parts: ServerParts, found: Followed, body: unknown, reply: FastifyReply) {
    reply.headers(personalHeaders);
    const sent = scriptedSchema.safeParse(body);
    if (!sent.success)
      throw new DearlyError('request-invalid', 'Expected {form, submission, values}.', {
        details: sent.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`),
      });
    const { form: name, submission, values: given } = sent.data;
    const outcome = await take(parts, found, { name, submission, given });
    if (outcome.kind === 'unknown') throw new DearlyError('request-invalid', 'This page has no such form.');
    if (outcome.kind === 'gone') return reply.code(404).send({ errors: {} });
    if (outcome.kind === 'wrong') return reply.code(422).send({ errors: outcome.errors });
    return reply.send({ thanks: outcome.asked.thanks });
  },
};

type Outcome =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'wrong'; readonly pack: CompiledPack; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'taken'; readonly pack: CompiledPack; readonly asked: PageForm };

interface Sent {
  readonly name: string;
  readonly submission: string;
  readonly given: Readonly<Record<string, unknown>>;
}

async function take(parts: ServerParts, { snapshot }: Followed, sent: Sent): Promise<Outcome> {
  const { name, submission, given } = sent;
  const at = parts.now();
  const pack = await parts.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const asked = pageForm(snapshot, pack, name, dayIn(snapshot.timeZone ?? 'UTC', at));
  const form = pack.forms[name];
  if (asked === null || form === undefined) return { kind: 'unknown' };
  const checked = checkAnswer(asked.form, given, asked.asking);
  if (checked.kind === 'wrong') return { kind: 'wrong', pack, errors: sentencesOf(checked.errors, asked) };
  const said = answer({ form, values: checked.values, submission, snapshot, at });
  const about = { profileId: snapshot.profileId, snapshotId: snapshot.id, at };
  return (await learnAnswer(parts.db, about, said)) === 'gone'
    ? { kind: 'gone' }
    : { kind: 'taken', pack, asked };
}

function sentencesOf(
  errors: Readonly<Record<string, Reason>>,
  { wrong }: PageForm,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, reason]) => [field, wrong[field]?.[reason] ?? reason]),
  );
}

/** What was sent, for the form to be mended; what came twice is no text of anybody's. */
function textsOf(given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
