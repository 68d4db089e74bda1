// The library door. Exports stand in the order in which data flows; `dearly/author` is the door for packs and scenes.
//
// Glossary
//   profile      what is known of one person: identity, consents by purpose, facts
//   fact         one thing a profile holds; a pack's contract says which it needs
//   purpose      what a consent is for: service, marketing, tracking
//   segment      a rule that says who belongs, and those who do
//   campaign     a file: which pack, to whom, from which sender, how fast
//   run          one occurrence of a campaign, one trigger event, or one delivered render
//   trigger      a campaign for one person at a time: an event of the CRM says who and when
//   variant      one of several ways in which a campaign puts its message together
//   holdout      those who are not written to, so that one sees what being written to brings
//   decision     send (which variant, counted or not) or skip (why)
//   pack         templates/<name>: contract, subject, email, page, messages
//   contract     a pack's schema: the facts it needs and the view it shows
//   view         strings ready to show; every channel shows the same
//   composition  a video as a list of scenes; scenes read the view and nothing else
//   snapshot     view, storyboard and link targets of one message: the one truth behind every channel
//   storyboard   a person's video before it is drawn: scenes with their props
//   artefact     something rendered (MP4, poster), kept under a key that names its content
//   handoff      the moment before the mail server hears of a message; committed first
//   receipt      what the mail server said
//   ledger       one row per run and person: where each message stands
//   suppression  an address that gets no more messages of a purpose
//   event        something a recipient, or a machine on the way, did
//   webhook      a signed message to the CRM about what became of a message, a person's hit or a campaign
//   outbox       what is to be told to webhooks, written with the change that it tells of

// Settings and faults

export { type Config, readConfig } from './config.ts';
export { DearlyError, type FaultCode, faults } from './errors.ts';

// Who it is for

export { isConsented, type Profile, type ProfilePatch, type Purpose } from './profile/profile.ts';
export { parseRule, type Rule } from './segment/rule.ts';

// What is sent to whom

export type { Campaign } from './campaign/campaign.ts';
export { parseCampaign } from './campaign/read-campaign.ts';
export { type Decision, decide } from './decide/decide.ts';

// What it says

export { compilePack } from './template/compile-pack.ts';
export type { CompiledPack } from './template/compiled-pack.ts';

// One person’s message

export { type Email, mergeEmail } from './merge/merge-email.ts';
export { mergePage } from './merge/merge-page.ts';
export type { Snapshot, Storyboard } from './merge/snapshot.ts';
export { takeSnapshot } from './merge/take-snapshot.ts';

// What is made of it

export type { ArtefactStore } from './render/artefact-store.ts';
export type { Lane, SceneJob } from './render/lane.ts';

// Handed over

export type { Attachment } from './deliver/attachment.ts';
export { composeMessage } from './deliver/compose-message.ts';
export type { Receipt, Transport } from './deliver/transport.ts';
export { makeLinks } from './track/make-links.ts';

// All of it

export { type Rendered, type RenderRequest, renderOne } from './run/render-one.ts';
export { startRun } from './run/start-run.ts';
export { workRun } from './run/work-run.ts';
export { startServer } from './shell/start-server.ts';
export { openWire, type Wire } from './shell/wire.ts';
