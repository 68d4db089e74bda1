import type { Finding } from '../../template/lint/finding.ts';
import { type Html, html } from './html.ts';
import { icons } from './icons.ts';
import type { Proof } from './protocol.ts';

/** What the lints say of the pack, and the facts that a glance at the message does not give. */
export function findings({ findings, email, snapshot, address, person }: Proof): Html {
  const facts: [string, string][] = [
    ['Person', `${person}${address === null ? ', no address' : ` <${address}>`}`],
    ['Language', `${snapshot.lang}, formats of ${snapshot.locale}`],
    ['Purpose', snapshot.purpose],
    ['Pack', `${snapshot.pack.name} ${snapshot.pack.version}`],
    ['Film', filmOf(snapshot.storyboard)],
  ];
  if (email !== null) {
    facts.push(
      ['Subject', `${[...email.subject].length} characters; phones show about 40`],
      ['Preheader', email.preheader === '' ? 'none' : `${[...email.preheader].length} characters`],
      ['HTML', `${(Buffer.byteLength(email.html) / 1024).toFixed(1)} KB; Gmail clips at 102`],
      ['Text part', `${(Buffer.byteLength(email.text) / 1024).toFixed(1)} KB`],
    );
  }
  return html`<div class="sheet" id="sheet-checks" tabindex="0" role="region" aria-label="Checks"><div class="checks">
${
  findings.length === 0
    ? html`<p class="clean">${icons.good} Nothing to mend.</p>`
    : html`<ol class="findings">${findings.map(findingLine)}</ol>`
}
<h2>About this message</h2>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div></div>`;
}

function findingLine({ level, file, line, what, why, how, lint }: Finding): Html {
  return html`<li data-level="${level}"><p class="head"><b class="level">${level}</b> <code class="place">${file}:${line}</code> <span class="soft">${lint}</span></p><p>${what}</p>${(how || why) && html`<p class="soft">${[how, why].filter(Boolean).join(' · ')}</p>`}</li>`;
}

function filmOf(storyboard: Proof['snapshot']['storyboard']): string {
  if (storyboard === null) return 'none';
  const frames = storyboard.scenes.reduce((sum, it) => sum + it.durationInFrames, 0);
  return `${storyboard.scenes.length} scenes, ${Math.round(frames / storyboard.fps)} seconds`;
}
