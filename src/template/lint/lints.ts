import { blockChannels } from './block-channels.ts';
import { blockPlace } from './block-place.ts';
import { chatLeads } from './chat-leads.ts';
import { clientSupport } from './client-support.ts';
import { contrast } from './contrast.ts';
import { filmOffers } from './film-offers.ts';
import { gatedMail, missingGateWords } from './gate-words.ts';
import { htmlSize } from './html-size.ts';
import { language } from './language.ts';
import { linkText } from './link-text.ts';
import type { Lint, MergedLint } from './lint.ts';
import { mergedWayOut } from './merged-way-out.ts';
import { brokenMessage, unusedMessage } from './messages.ts';
import { missingAlt } from './missing-alt.ts';
import { missingPart } from './missing-part.ts';
import { pagePolicy } from './page-policy.ts';
import { preheader, preheaderLength } from './preheader.ts';
import { samples } from './samples.ts';
import { subjectLength } from './subject-length.ts';
import { subjectVariant } from './subject-variant.ts';
import { templateTree } from './template-tree.ts';
import { unreadFile } from './unread-file.ts';
import { unsubscribeLink, unsubscribeText } from './unsubscribe-link.ts';

/** What a pack is looked at for, before there is a person. */
export const lints: readonly Lint[] = [
  brokenMessage,
  ...templateTree,
  missingGateWords,
  missingPart,
  subjectVariant,
  blockPlace,
  missingAlt,
  linkText,
  unsubscribeLink,
  language,
  contrast,
  pagePolicy,
  unsubscribeText,
  gatedMail,
  preheader,
  blockChannels,
  unusedMessage,
  unreadFile,
  clientSupport,
];

/** What its samples are measured for. */
export const mergedLints: readonly MergedLint[] = [
  samples,
  htmlSize,
  mergedWayOut,
  subjectLength,
  preheaderLength,
  filmOffers,
  chatLeads,
];
