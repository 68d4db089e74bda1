// Enters: one person, by id or with the data inline, and the channels wanted. Leaves: links and contents, made of one
// snapshot; with `deliver` also a message, which goes through the ledger like any other. Never: a second truth.
import { type Campaign, campaignSchema } from '../campaign/campaign.ts';
import { DearlyError } from '../errors.ts';
import type { Links } from '../merge/links.ts';
import { type Email, mergeEmail } from '../merge/merge-email.ts';
import type { Snapshot } from '../merge/snapshot.ts';
import { isConsented, type Profile, type ProfilePatch } from '../profile/profile.ts';
import type { Format } from '../template/composition.ts';
import { inFormat, makeLinks } from '../track/make-links.ts';
import type { Run } from './ledger.ts';
import type { Pdfs } from './make-pdf.ts';
import { expiryOf, snapshotOf } from './one.ts';
import type { Queue } from './queue.ts';
import type { State } from './transitions.ts';
import { chooseFormat } from './video/choose-format.ts';
import type { Stills } from './video/make-stills.ts';
import type { VideoState, Videos } from './video/make-video.ts';
import { type WorkTools, workRun } from './work-run.ts';

export type Channel = 'email' | 'site' | 'video' | 'poster' | 'pdf';

/** Who, and by which templates. */
export interface PersonRequest {
  /** External id or UUID of a stored profile … */
  readonly profileId?: string | undefined;
  /** … or what is known of the person, parsed; it is kept as a profile first, because erasing must find it. */
  readonly profile?: ProfilePatch | undefined;
  readonly pack: string;
  /** The one named like the pack, unless said otherwise. */
  readonly composition?: string | undefined;
  /** The only one there is, unless said otherwise. */
  readonly sender?: string | undefined;
}

export interface RenderRequest extends PersonRequest {
  readonly channels: readonly Channel[];
  /** Of video and poster; the composition's first unless said otherwise. */
  readonly format?: Format | undefined;
  readonly deliver?: boolean | undefined;
  /** Makes a delivery one of its kind: the same occurrence is never sent twice. */
  readonly occurrence: string;
}

export interface Rendered {
  /** The snapshot's. */
  readonly id: string;
  /** `video` and `poster` lead to the format that was asked for. */
  readonly links: Pick<
    Links,
    'site' | 'video' | 'captions' | 'poster' | 'teaser' | 'pdf' | 'pictures' | 'unsubscribe' | 'confirm'
  >;
  readonly email?: Email;
  readonly video?: VideoState;
  readonly pdf?: { readonly sizeBytes: number };
  /** Of video and poster; absent where the message has no film. */
  readonly format?: Format;
  readonly delivery?: { readonly state: State; readonly reason: string | null };
}

export interface RenderTools extends WorkTools {
  readonly queue: Queue;
  readonly videos: Videos;
  readonly stills: Stills;
  readonly pdfs: Pick<Pdfs, 'get'>;
  readonly profiles: {
    find(idOrExternalId: string): Promise<Profile | null>;
    keep(patch: ProfilePatch): Promise<void>;
  };
  readonly keepSnapshot: (snapshot: Snapshot, expiresAt: Date) => Promise<void>;
}

/** @throws DearlyError `profile-missing`, `data-incomplete`, `pack-missing`, … ; `not-deliverable` names the reason */
export async function renderOne(request: RenderRequest, tools: RenderTools): Promise<Rendered> {
  const campaign = await campaignOf(request, tools);
  // Before anything is kept or sent.
  await refuseFormat(request.format, campaign, tools);
  const profile = await profileOf(request, tools);
  const delivered = request.deliver ? await deliver(request, campaign, profile, tools) : null;
  const snapshot = delivered?.snapshot ?? (await freshSnapshot(profile, campaign, tools));
  const { storyboard } = snapshot;
  const format = storyboard === null ? undefined : chooseFormat(storyboard, request.format);
  const pack = await tools.shelf.packAt(snapshot.pack.name, snapshot.pack.version);
  const links = makeLinks(tools.secret, snapshot, tools.origins());
  const { site, captions, pdf, pictures, unsubscribe, confirm } = links;
  const video = inFormat(links.video, storyboard, format);
  const poster = inFormat(links.poster, storyboard, format);
  const teaser = inFormat(links.teaser, storyboard, format);
  const wants = (channel: Channel) => request.channels.includes(channel);
  if (wants('poster')) await tools.stills.get(snapshot, 'poster.jpg', format);
  return {
    id: snapshot.id,
    links: { site, video, captions, poster, teaser, pdf, pictures, unsubscribe, confirm },
    ...(wants('email') && {
      email: mergeEmail(snapshot, pack, links, await tools.shelf.sender(snapshot.sender)),
    }),
    ...(wants('video') && { video: await tools.videos.request(snapshot, format) }),
    ...(wants('pdf') && { pdf: { sizeBytes: (await tools.pdfs.get(snapshot)).sizeBytes } }),
    ...(format && { format }),
    ...(delivered && { delivery: { state: delivered.state, reason: delivered.reason } }),
  };
}

/** The person as one kept snapshot, for whoever makes something of it here and now. */
export async function snapshotFor(
  request: PersonRequest & Pick<RenderRequest, 'format'>,
  tools: RenderTools,
): Promise<Snapshot> {
  const campaign = await campaignOf(request, tools);
  await refuseFormat(request.format, campaign, tools);
  return await freshSnapshot(await profileOf(request, tools), campaign, tools);
}

async function refuseFormat(
  format: Format | undefined,
  { composition }: Campaign,
  { shelf }: RenderTools,
): Promise<void> {
  if (format === undefined || composition === undefined) return;
  const { formats } = (await shelf.composition(composition)).definition;
  chooseFormat({ composition, formats }, format);
}

/** What a campaign file would say, with what there is only one of filled in. @throws DearlyError `request-invalid` */
export async function campaignOf(
  request: Pick<RenderRequest, 'pack' | 'composition' | 'sender'>,
  { shelf }: Pick<RenderTools, 'shelf'>,
): Promise<Campaign> {
  const composition =
    request.composition ?? (await shelf.names('compositions')).find((name) => name === request.pack);
  const senders = await shelf.names('senders');
  const sender = request.sender ?? (senders.length === 1 ? senders[0] : undefined);
  if (sender === undefined) {
    throw new DearlyError(
      'request-invalid',
      `Name a sender: there are ${senders.length} (${senders.join(', ')}).`,
    );
  }
  return campaignSchema.parse({ name: 'on-demand', pack: request.pack, composition, sender });
}

async function profileOf(request: PersonRequest, { profiles }: RenderTools): Promise<Profile> {
  const { profile: patch } = request;
  const key = patch?.externalId ?? request.profileId;
  if (key === undefined)
    throw new DearlyError('request-invalid', 'Name a person: profileId, or profile with its data.');
  if (patch !== undefined) await profiles.keep(patch);
  const profile = await profiles.find(key);
  if (profile === null) throw new DearlyError('profile-missing', `There is no profile ${key}.`);
  return profile;
}

async function freshSnapshot(profile: Profile, campaign: Campaign, tools: RenderTools): Promise<Snapshot> {
  const how = { variant: 'a', tracking: isConsented(profile.consents, 'tracking') };
  const snapshot = await snapshotOf(profile, how, campaign, tools);
  await tools.keepSnapshot(snapshot, expiryOf(snapshot, campaign));
  return snapshot;
}

async function deliver(request: RenderRequest, campaign: Campaign, profile: Profile, tools: RenderTools) {
  const { ledger, queue } = tools;
  const { run }: { run: Run } = await ledger.open(
    { kind: 'render', name: request.pack, occurrence: request.occurrence, campaign },
    { profileIds: [profile.id] },
  );
  const worked = await workRun(run.id, tools, { concurrency: 1 });
  if (!worked.completed && worked.nextDueAt !== null) await queue.wakeRun(run.id, worked.nextDueAt);
  const row = await ledger.look(run.id, profile.id);
  if (row.state === 'skipped')
    throw new DearlyError('not-deliverable', `This person cannot be written to: ${row.reason}.`);
  return row;
}
