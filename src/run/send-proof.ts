// Enters: one address, and whose message to show it. Leaves: a message ready to be looked at, then sent, to that address.
// Never: a ledger row, a counted open or click, or anything that a real message's links could change.
import type { Campaign } from '../campaign/campaign.ts';
import { composeMessage } from '../deliver/compose-message.ts';
import type { Receipt } from '../deliver/transport.ts';
import { DearlyError } from '../errors.ts';
import type { Links } from '../merge/links.ts';
import { type Email, mergeEmail } from '../merge/merge-email.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import type { Profile } from '../profile/profile.ts';
import { makeLinks } from '../track/make-links.ts';
import { inLanguage } from './in-language.ts';
import { snapshotOf } from './one.ts';
import type { RenderTools } from './render-one.ts';

export interface ProofRequest {
  /** One address: that of whoever looks at it. */
  readonly to: string;
  readonly profile: Profile;
  /** A made-up person, whom the database does not know: there can be no page behind the links, so they lead to a note. */
  readonly isSample: boolean;
  /** Instead of the person's own language. */
  readonly lang: string | null;
  readonly campaign: Campaign;
}

export interface PreparedProof {
  /** As it will be sent: the subject says that it is a proof. */
  readonly email: Email;
  readonly from: { readonly name: string; readonly address: string };
  readonly links: Links;
  /** Keeps the snapshot (a stored person's) and sends. Until then nothing is left anywhere. */
  send(): Promise<Receipt>;
}

type Tools = Pick<
  RenderTools,
  'shelf' | 'transport' | 'secret' | 'origins' | 'now' | 'newId' | 'keepSnapshot'
>;

/** Long enough to show it around, short enough that no pages pile up. */
const linksLiveDays = 7;

/** @throws DearlyError `data-incomplete`, `pack-…`, `not-deliverable` where the address is none */
export async function prepareProof(request: ProofRequest, tools: Tools): Promise<PreparedProof> {
  const { to, profile, isSample, lang, campaign } = request;
  const taken = await snapshotOf(
    inLanguage(profile, lang),
    // Not counted, whatever the person agreed to: it is not they who look.
    { variant: 'a', tracking: false },
    campaign,
    tools,
  );
  const snapshot: Snapshot = { ...taken, proof: true };
  const pack = await tools.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  if (lang !== null && new Intl.Locale(snapshot.lang).language !== new Intl.Locale(lang).language) {
    throw new DearlyError('request-invalid', `The pack "${pack.name}" does not speak ${lang}.`, {
      details: [`it has ${pack.languages.join(', ')}`],
    });
  }
  const sender = await tools.shelf.sender(snapshot.sender);
  const signed = makeLinks(tools.secret, snapshot, tools.origins());
  const links = isSample ? noteLinks(signed, `${tools.origins().site}/proof`) : signed;
  const merged = mergeEmail(snapshot, pack, links, sender);
  const email = { ...merged, subject: `[Proof] ${merged.subject}` };
  const message = await composeMessage(email, sender, links, {
    to: { name: '', address: to },
    rowId: tools.newId(),
    secret: tools.secret,
    campaign: 'proof',
    lang: snapshot.lang,
    at: tools.now(),
  });
  return {
    email,
    from: sender.from,
    links,
    async send() {
      if (!isSample) {
        const expiresAt = new Date(tools.now().getTime() + linksLiveDays * 86_400_000);
        await tools.keepSnapshot(snapshot, expiresAt);
      }
      return await tools.transport.send(message);
    },
  };
}

/** Targets outside stay what they are. */
function noteLinks({ pictures, confirm, to }: Links, note: string): Links {
  return {
    site: note,
    video: note,
    captions: note,
    poster: note,
    posterUpright: null,
    teaser: note,
    pdf: note,
    pictures: Object.fromEntries(Object.keys(pictures).map((name) => [name, note])),
    unsubscribe: note,
    confirm: confirm && note,
    open: null,
    answer: note,
    to,
  };
}
