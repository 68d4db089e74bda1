// Enters: a snapshot, its pack, its links, the built player. Leaves: the recipient's page, one HTML document.
// Never: a script or style that the page's Content-Security-Policy would have to trust without its nonce.
import Handlebars from 'handlebars';
import { DearlyError } from '../errors.ts';
import { mapAssets } from '../template/asset.ts';
import type { CompiledPack } from '../template/compiled-pack.ts';
import type { Adapts } from '../template/composition.ts';
import type { Messages } from '../template/messages.ts';
import { countingWordsFor } from '../template/page/counting-words.ts';
import { assetName } from './asset-name.ts';
import { type ChatVoice, chatRoot, type SaidSoFar, voiceOf } from './chat-root.ts';
import { type ByField, type GivenAnswers, showAnswers } from './given-answers.ts';
import type { Links } from './links.ts';
import { askingOf, type PageForm, pageForms } from './page-forms.ts';
import { directionOf, partsOf, rootsOf, type SenderWords, sayOf } from './roots.ts';
import type { Snapshot, Storyboard } from './snapshot.ts';

/** What the page's script reads from `<script type="application/json" id="dearly-page">`. */
export interface PageData {
  readonly storyboard: Storyboard | null;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** Events and answers go here, by POST. */
  readonly answerUrl: string;
  readonly videoUrl: string;
  /** The film's words in WebVTT. */
  readonly captionsUrl: string;
  readonly posterUrl: string;
  /** Where the film's links lead, by the name of their target. */
  readonly links: Readonly<Record<string, string>>;
  /** Without it the script reports nothing. */
  readonly tracking: boolean;
  /** What is asked, by name: the page checks it as the server does. */
  readonly forms: Readonly<Record<string, Pick<PageForm, 'form' | 'wrong'>>>;
  readonly asking: PageForm['asking'];
  /** What the chat says; null where there is none. */
  readonly chat: ChatVoice | null;
  /** What was answered before, as a browser would post it: the film follows it. */
  readonly answers: ByField;
  /** The pack's messages below `player.`, without that prefix. */
  readonly words: Readonly<Record<string, string>>;
}

/** What was built for the browser. */
export interface PageAssets {
  readonly scriptUrl: string;
  /** Rules that every page holds, before the pack's own. */
  readonly criticalCss?: string;
  /** Rules for what is asked; linked before the first of it, so that the first view waits for none. */
  readonly askingUrl?: string;
  /** The face that nearly every page is written in: asked for at once, it is there for the first paint. */
  readonly fontUrl?: string;
  readonly nonce: string;
}

export interface PageParts {
  readonly links: Links;
  readonly sender: SenderWords;
  readonly assets: PageAssets;
  /** Where one of the film's foreign pictures stands with us, by its name. Without it the film has none: the page never asks abroad. */
  readonly assetUrl?: (name: string) => string;
  /** Whether the person agrees to be counted now; left out, what the snapshot says. */
  readonly counts?: boolean;
  /** What was answered behind these links, the latest by form. */
  readonly answers?: GivenAnswers;
  /** Name of the form that was just sent without a script: it thanks instead of asking. */
  readonly answered?: string;
  /** What is wrong in a form sent without a script: sentences by form and field. */
  readonly wrong?: ByField;
  /** What was sent in that form, to be mended: by form and field. */
  readonly values?: ByField;
  /** UUID of this view of the page: what is sent twice by it is one answer. */
  readonly submission?: string;
  /** ISO date by the person's calendar; left out, the day of the snapshot. */
  readonly today?: string;
  /** What was said in the chat, where it was said without a script. */
  readonly chat?: SaidSoFar;
}

/** The page's text in pieces, one after the other. */
export interface PagePieces {
  readonly head: string;
  /** The same for everybody whom this version of the pack is shown to. */
  readonly rules: readonly string[];
  readonly rest: readonly string[];
}

/** @throws DearlyError `pack-missing` where the pack has no page */
export function mergePage(snapshot: Snapshot, pack: CompiledPack, parts: PageParts): string {
  const { head, rules, rest } = mergePieces(snapshot, pack, parts);
  return [head, ...rules, ...rest].join('');
}

/** For whoever sends many, and keeps what they have in common as it is sent. @throws DearlyError as `mergePage` */
export function mergePieces(snapshot: Snapshot, pack: CompiledPack, parts: PageParts): PagePieces {
  const { links, sender, assets, assetUrl } = parts;
  const { answered = '', wrong = {}, values = {}, submission = '', answers = {} } = parts;
  const { site } = partsOf(snapshot, pack);
  if (site === null) throw new DearlyError('pack-missing', `The pack "${pack.name}" has no page.`);
  const { lang } = snapshot;
  const say = sayOf(snapshot, pack);
  const { given, texts } = showAnswers(pack.forms, answers, say, snapshot.timeZone ?? 'UTC');
  const title = pack.messages[lang]?.['page.title'] ?? sender.from.name;
  const nonce = `nonce="${escapeHtml(assets.nonce)}"`;
  const today = parts.today ?? snapshot.asOf ?? snapshot.madeAt.slice(0, 10);
  const chat = chatRoot(snapshot, pack, links, sender, parts.chat);
  const data: PageData = {
    ...pageData(snapshot, pack, links),
    tracking: parts.counts ?? snapshot.tracking,
    storyboard: snapshot.storyboard && atHome(snapshot.storyboard, assetUrl),
    forms: pageForms(snapshot, pack, today),
    asking: askingOf(say, today),
    answers: texts,
    chat: chat && voiceOf(chat),
  };
  const messages = pack.messages[lang] ?? {};
  const counting = { isOn: data.tracking, words: countingWordsFor(lang, messages) };
  const roots = {
    ...rootsOf(snapshot, links, sender),
    answered,
    given,
    wrong,
    values: { ...texts, ...values },
    submission,
    chat,
    counting,
  };
  const body = site(roots, say);
  const head = `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${data.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${escapeHtml(title)} · ${escapeHtml(sender.from.name)}</title>
${preload(assets)}<style ${nonce}>
`;
  return {
    head,
    rules: [assets.criticalCss ?? '', '\n', pack.css],
    rest: [
      `
</style>
<script type="module" src="${escapeHtml(assets.scriptUrl)}" ${nonce}></script>
</head>
<body>
`,
      withRules(body.trim(), assets),
      `
<script type="application/json" id="dearly-page" ${nonce}>`,
      inScript(data),
      `</script>
</body>
</html>
`,
    ],
  };
}

/** A style sheet within the body holds up what follows it, and nothing before. */
function withRules(body: string, { askingUrl }: PageAssets): string {
  if (!askingUrl) return body;
  const link = `<link rel="stylesheet" href="${escapeHtml(askingUrl)}">`;
  return body.replace(/<dearly-(?:form|survey|chat|consent)\b/, (first) => link + first);
}

function preload({ fontUrl }: PageAssets): string {
  if (!fontUrl) return '';
  return `<link rel="preload" as="font" type="font/woff2" href="${escapeHtml(fontUrl)}" crossorigin>\n`;
}

function pageData(
  snapshot: Snapshot,
  pack: CompiledPack,
  links: Links,
): Omit<PageData, 'tracking' | 'forms' | 'asking' | 'answers' | 'chat'> {
  return {
    storyboard: snapshot.storyboard,
    lang: snapshot.lang,
    dir: directionOf(snapshot.lang),
    answerUrl: links.answer,
    videoUrl: links.video,
    captionsUrl: links.captions,
    posterUrl: links.poster,
    links: links.to,
    words: playerWords(pack.messages[snapshot.lang] ?? {}),
  };
}

const known = new WeakMap<Messages, PageData['words']>();

/** The same for all who read this language: picking them out takes as long as filling the page. */
function playerWords(messages: Messages): PageData['words'] {
  const picked = known.get(messages) ?? pickWords(messages);
  known.set(messages, picked);
  return picked;
}

function pickWords(messages: Messages): PageData['words'] {
  const words = Object.entries(messages).filter(([key]) => key.startsWith('player.'));
  return Object.fromEntries(words.map(([key, text]) => [key.slice('player.'.length), text]));
}

/** Who opens the page tells nobody but us; and what is said the player asks for as sound, once it plays. */
function atHome(storyboard: Storyboard, assetUrl?: (name: string) => string): Storyboard {
  const scenes = storyboard.scenes.map(({ narration: _, adapts, ...scene }) => ({
    ...scene,
    ...(adapts && { adapts: unsaid(adapts) }),
    props: mapAssets(scene.props, (one) => ({
      asset: one.asset === null ? null : (assetUrl?.(assetName(one)) ?? null),
    })),
  }));
  return { ...storyboard, scenes };
}

function unsaid({ by, ...adapts }: Adapts): Adapts {
  const changes = Object.entries(by).map(([answer, { narration: _, ...change }]) => [answer, change]);
  return { ...adapts, by: Object.fromEntries(changes) };
}

function escapeHtml(text: string): string {
  return Handlebars.escapeExpression(text);
}

const unsafe: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON that cannot end the script it stands in, whatever the data holds. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => unsafe[sign] ?? '');
}
