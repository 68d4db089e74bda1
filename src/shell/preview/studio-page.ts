// Enters: Look. Leaves: the studio as one HTML document, every control a link to the address of what it shows.
// Never: anything of the message itself; that stands in frames of its own.

import type { Look } from './desk.ts';
import { type Html, html } from './html.ts';
import { icons } from './icons.ts';
import { inboxRow } from './inbox-row.ts';
import type { ShelfPack } from './protocol.ts';
import { stage } from './stage.ts';
import {
  type Device,
  devices,
  hrefOf,
  messageQuery,
  queryOf,
  type Scheme,
  type State,
  schemes,
  type View,
  views,
} from './state.ts';
import { variantPanel } from './variant-panel.ts';

/** In this order: narrow windows have the last word. */
const sheets = ['studio', 'shelf', 'desk', 'reading', 'notices', 'narrow'];

const viewNames: Readonly<Record<View, string>> = {
  email: 'Email',
  page: 'Page',
  text: 'Text',
  source: 'Source',
  checks: 'Checks',
};
const deviceNames: Readonly<Record<Device, string>> = {
  both: 'Phone and desktop',
  phone: 'Phone',
  desktop: 'Desktop',
};
const schemeNames: Readonly<Record<Scheme, string>> = { light: 'Light', dark: 'Dark' };

export function studioPage(look: Look, source: Html | null): string {
  const { proof, state } = look;
  const title = [proof?.email?.subject ?? proof?.person, state.pack, 'Dearly'].filter(Boolean).join(' · ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
${sheets.map((it) => html`<link rel="stylesheet" href="/studio/${it}.css">`)}
<script type="module" src="/studio/studio.ts"></script>
</head>
<body>
<a class="skip" href="#stage">Skip to the message</a>
${shelf(look)}
<div class="desk">
${bar(look)}
${inboxRow(look)}
${stage(look, source)}
</div>
<p id="news" class="unseen" role="status"></p>
${help()}
</body>
</html>
`.text;
}

function shelf(look: Look): Html {
  const { shelf, state, proof } = look;
  return html`<nav class="shelf" id="shelf" data-region aria-label="Packs and samples">
<p class="brand">Dearly <span>preview</span></p>
<div class="packs" id="packs">${shelf.map((pack) => packLinks(pack, state))}</div>
${variantPanel(look)}
<form class="lookup" action="/" method="get">
<label for="profile">Stored profile</label>
${[...new URLSearchParams(queryOf({ ...state, sample: null, profile: null }))].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input id="profile" name="profile" type="search" autocomplete="off" spellcheck="false" placeholder="Number or id" value="${state.profile ?? ''}">
${state.profile !== null && proof !== null && html`<p class="found" aria-current="true">${proof.person}</p>`}
</form>
</nav>`;
}

function packLinks(pack: ShelfPack, state: State): Html {
  const isOpen = pack.name === state.pack;
  return html`<section class="pack"${isOpen ? html` data-open` : ''}>
<h2>${pack.name}${pack.complaint && html` <span class="broken">does not load</span>`}</h2>
<ul>${pack.samples.map((sample) => {
    const isCurrent = isOpen && state.profile === null && sample.name === state.sample;
    const href = hrefOf(state, { pack: pack.name, sample: sample.name, profile: null });
    return html`<li><a class="sample" id="at-${pack.name}-${sample.name}" href="${href}"${isCurrent ? html` aria-current="page"` : ''}><span>${sample.person}</span><small>${sample.locale}</small></a></li>`;
  })}${pack.samples.length === 0 && html`<li class="none">No samples</li>`}</ul>
</section>`;
}

function bar({ state, pack, proof }: Look): Html {
  const speaks = state.lang ?? proof?.snapshot.lang ?? null;
  const count = proof?.findings.length ?? 0;
  const worst = proof?.findings.some((it) => it.level === 'fault') ? 'fault' : 'warning';
  // Text reads the same in every device and scheme.
  const isDrawn = state.view === 'email' || state.view === 'page';
  return html`<header class="bar" id="bar" data-region>
<nav class="tabs" aria-label="Views">${views.map((view, index) =>
    option({
      id: `view-${view}`,
      href: hrefOf(state, { view }),
      isCurrent: state.view === view,
      key: String(index + 1),
      label: html`${viewNames[view]}${view === 'checks' && count > 0 && html`<span class="count" data-level="${worst}">${count}</span>`}`,
    }),
  )}${
    pack?.hasPage &&
    html`<a id="view-pdf" href="/page.pdf?${messageQuery(state)}" target="_blank" rel="noopener" data-key="6">PDF ${icons.out}</a>`
  }</nav>
<div class="controls">
${
  isDrawn &&
  html`<nav class="segments" aria-label="Device">${devices.map((device) =>
    option({
      id: `device-${device}`,
      href: hrefOf(state, { device }),
      isCurrent: state.device === device,
      name: deviceNames[device],
      label: icons[device],
    }),
  )}</nav>
<nav class="segments" aria-label="Colour scheme of the message">${schemes.map((scheme) =>
    option({
      id: `scheme-${scheme}`,
      href: hrefOf(state, { scheme }),
      isCurrent: state.scheme === scheme,
      name: schemeNames[scheme],
      label: icons[scheme],
    }),
  )}</nav>`
}
${
  (pack?.languages.length ?? 0) > 0 &&
  html`<nav class="segments" aria-label="Language">${pack?.languages.map((lang) =>
    option({
      id: `lang-${lang}`,
      href: hrefOf(state, { lang }),
      isCurrent: speaks === lang,
      label: html`<span lang="en" title="${languageName(lang)}">${lang.toUpperCase()}</span>`,
    }),
  )}</nav>`
}
<button class="ask" id="ask" type="button" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">${icons.help}</button>
</div>
</header>`;
}

interface Option {
  readonly id: string;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly label: Html;
  /** Where the label is a picture. */
  readonly name?: string;
  readonly key?: string;
}

function option({ id, href, isCurrent, label, name, key }: Option): Html {
  return html`<a id="${id}" href="${href}"${isCurrent ? html` aria-current="true"` : ''}${name ? html` aria-label="${name}" title="${name}"` : ''}${key ? html` data-key="${key}"` : ''}>${label}</a>`;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

function languageName(lang: string): string {
  return languageNames.of(lang) ?? lang;
}

const shortcuts: readonly (readonly [string, string])[] = [
  ['↓ j', 'Next person'],
  ['↑ k', 'Previous person'],
  ['1 – 5', 'Email, page, text, source, checks'],
  ['6', 'The page as a PDF'],
  ['p', 'Phone, desktop, both'],
  ['d', 'Light or dark'],
  ['l', 'Next language'],
  ['v', 'Next variant'],
  ['/', 'Look up a stored profile'],
  ['?', 'This help'],
];

function help(): Html {
  return html`<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">Keyboard</h2>
<dl>${shortcuts.map(([keys, what]) => html`<div><dt>${keys.split(' ').map((key) => (key === '–' ? ' – ' : html`<kbd>${key}</kbd>`))}</dt><dd>${what}</dd></div>`)}</dl>
<form method="dialog"><button>Close</button></form>
</dialog>`;
}
