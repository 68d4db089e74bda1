import { variantKey } from '../../campaign/variant.ts';
import type { Look } from './desk.ts';
import { type Html, html } from './html.ts';
import type { ShelfVariant } from './protocol.ts';
import { arrangementOf, hrefOf, queryOf, type State } from './state.ts';

/** How the message is put together: as it stands, as a campaign's variant has it, or as somebody writes it down here. */
export function variantPanel({ state, pack }: Look): Html | null {
  if (pack === null || pack.complaint !== null) return null;
  const asItStands = { subject: null, blocks: null, scenes: null, gate: false };
  const isArranged = hrefOf(state) !== hrefOf(state, asItStands);
  const current = pack.variants.find((it) => isShown(it, state));
  const name = current ? current.name : isArranged ? 'your own' : 'as it stands';
  return html`<details class="variant" id="variant"${isArranged ? html` open` : ''}>
<summary>Variant <span class="variant-name">${name}</span></summary>
<ul>
<li>${choice('variant-none', hrefOf(state, asItStands), !isArranged, 'as it stands')}</li>
${pack.variants.map(
  (it) =>
    html`<li>${choice(`variant-${it.campaign}-${it.name}`, hrefOf(state, stateOf(it)), it === current, it.name, it.campaign)}</li>`,
)}
</ul>
<form class="arrange" action="/" method="get">
${[...new URLSearchParams(queryOf({ ...state, ...asItStands }))].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${
  pack.subjects.length > 0 &&
  html`<label for="subject">Subject</label>
<select id="subject" name="subject"><option value="">default</option>${pack.subjects.map((it) => html`<option${it === state.subject ? html` selected` : ''}>${it}</option>`)}</select>`
}
${names('blocks', 'Blocks', state.blocks ?? pack.blocks)}
${names('scenes', 'Scenes', state.scenes ?? pack.scenes)}
${pack.hasGate && html`<label class="tick"><input type="checkbox" id="gate" name="gate" value="1"${state.gate ? html` checked` : ''}>Ask the gate first</label>`}
<button>Show</button>
</form>
</details>`;
}

function choice(id: string, href: string, isCurrent: boolean, name: string, campaign?: string): Html {
  return html`<a id="${id}" class="choice" href="${href}"${isCurrent ? html` aria-current="true"` : ''}><span>${name}</span>${campaign && html`<small>${campaign}</small>`}</a>`;
}

/** Their order is the message's; a name taken out is left out. */
function names(name: string, label: string, them: readonly string[]): Html | null {
  if (them.length === 0) return null;
  return html`<label for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="${them.join(' ').length > 24 ? 3 : 2}" spellcheck="false" autocomplete="off">${them.join(' ')}</textarea>`;
}

function stateOf({ arrangement, gate }: ShelfVariant): Pick<State, 'subject' | 'blocks' | 'scenes' | 'gate'> {
  const { subject = null, blocks, scenes } = arrangement;
  return { subject, blocks: blocks ? [...blocks] : null, scenes: scenes ? [...scenes] : null, gate };
}

function isShown({ arrangement, gate }: ShelfVariant, state: State): boolean {
  return gate === state.gate && variantKey(arrangement) === variantKey(arrangementOf(state));
}
