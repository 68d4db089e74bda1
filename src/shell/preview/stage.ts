import type { Look } from './desk.ts';
import { findings } from './findings.ts';
import { type Html, html } from './html.ts';
import type { Complaint } from './protocol.ts';
import { messageQuery, type State } from './state.ts';

/** CSS pixels: a phone of today, and a desktop wide enough for what stands in it. */
const phone = 390;
const desktop = { email: 760, page: 1280 } as const;

/** Where the message stands: frames of its own, or its text, its source, what was found about it. */
export function stage(look: Look, source: Html | null): Html {
  return html`<main class="stage" id="stage" data-region tabindex="-1" data-view="${look.state.view}">
<h1 class="unseen">${look.proof ? `${look.proof.person}: ${look.state.view}` : 'Preview'}</h1>
${inside(look, source)}
</main>`;
}

function inside(look: Look, source: Html | null): Html {
  const { complaint, proof, state, pack } = look;
  if (complaint !== null) return complaintCard(complaint);
  if (proof === null || pack === null) return nothing('Nothing to show yet.');
  if (state.view === 'page') return pack.hasPage ? frames(look, 'page') : nothing('This pack has no page.');
  if (proof.email === null && state.view !== 'checks') return nothing('This pack has no email.');
  switch (state.view) {
    case 'email':
      return frames(look, 'email');
    case 'text':
      return html`<div class="sheet" id="sheet-text" tabindex="0" role="region" aria-label="Text part"><pre class="letter" lang="${proof.snapshot.lang}">${proof.email?.text}</pre></div>`;
    case 'source':
      return html`<div class="sheet" id="sheet-source" tabindex="0" role="region" aria-label="Source">${source}</div>`;
    case 'checks':
      return findings(proof);
  }
}

function frames({ state, proof }: Look, kind: 'email' | 'page'): Html {
  const shown = (['phone', 'desktop'] as const).filter(
    (it) => state.device === 'both' || state.device === it,
  );
  return html`<div class="devices" data-device="${state.device}">${shown.map((device) => {
    const width = device === 'phone' ? phone : desktop[kind];
    const title = `${proof?.person}: ${kind}, ${device}`;
    return html`<figure class="device ${device}" data-width="${width}">
<figcaption>${device === 'phone' ? 'Phone' : 'Desktop'} <span data-measure>${width}</span></figcaption>
<div class="screen" data-scheme="${state.scheme}"><iframe id="frame-${kind}-${device}" title="${title}" sandbox="${sandboxes[kind]}" src="${frameSrc(state, kind)}"></iframe></div>
</figure>`;
  })}</div>`;
}

/**
 * An email runs no script, so it may share our origin, which lets the studio keep its place when it is loaded again. A
 * page runs its scripts, so its origin is nobody's.
 */
export const sandboxes = { email: 'allow-same-origin', page: 'allow-scripts allow-forms' } as const;

function frameSrc(state: State, kind: 'email' | 'page'): string {
  return `/frame/${kind}?${messageQuery(state)}&scheme=${state.scheme}`;
}

function complaintCard({ message, details, code }: Complaint): Html {
  const isInFile = details.some((detail) => placed.test(detail));
  return html`<div class="sheet" id="sheet-complaint" tabindex="0" role="region" aria-label="What is wrong"><section class="complaint" role="alert">
<h2>${message}</h2>
${details.length > 0 && html`<ol>${details.map(detailLine)}</ol>`}
<p class="soft">${isInFile && 'The message comes back by itself as soon as this is mended. '}<code>${code}</code></p>
</section></div>`;
}

const placed = /^([^\s:]*[./][^\s:]*(?::\d+)?(?::\d+)?): ([\s\S]*)$/;

/** `path:line: what is wrong; the way out`, its place set apart. */
function detailLine(detail: string): Html {
  const found = placed.exec(detail);
  return found === null
    ? html`<li><p>${detail}</p></li>`
    : html`<li><code class="place">${found[1]}</code><p>${found[2]}</p></li>`;
}

function nothing(text: string): Html {
  return html`<p class="nothing">${text}</p>`;
}
