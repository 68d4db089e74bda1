import type { Look } from './desk.ts';
import { type Html, html } from './html.ts';

/** Gmail cuts a message's HTML off here. */
const clipBytes = 102 * 1024;

/** The message as a mailbox lists it, and how much of what mail programs take it uses. */
export function inboxRow({ proof }: Look): Html {
  if (proof === null || proof.email === null) return html`<section id="inbox" data-region hidden></section>`;
  const { email, from, snapshot } = proof;
  const sizeBytes = Buffer.byteLength(email.html);
  const kilobytes = (sizeBytes / 1024).toFixed(1);
  const share = Math.round((sizeBytes / clipBytes) * 100);
  return html`<section class="inbox" id="inbox" data-region aria-label="In the inbox">
<span class="avatar" aria-hidden="true">${[...from.name][0]?.toUpperCase()}</span>
<div class="line">
<p class="from">${from.name}</p>
<p class="subject" lang="${snapshot.lang}"><strong>${email.subject}</strong>${email.preheader && html` <span>${email.preheader}</span>`}</p>
</div>
<div class="size"${sizeBytes > clipBytes ? html` data-over` : ''}>
<label for="size"><b>${kilobytes} KB</b> of 102</label>
<meter id="size" min="0" max="100" high="85" optimum="0" value="${Math.min(share, 100)}">${share} %</meter>
</div>
</section>`;
}
