// Enters: nothing. Leaves: what stands for an empty `<dearly-consent></dearly-consent>`: a plain form over the root `counting`.
// Never: a switch that needs a script; with one it switches in place (web/site/consent).

const only = (state: 'on' | 'off') =>
  state === 'on'
    ? '{{#unless @root.counting.isOn}} hidden{{/unless}}'
    : '{{#if @root.counting.isOn}} hidden{{/if}}';

const word = (name: string) => `{{@root.counting.words.${name}}}`;

/** Both states in words, one of them hidden: a script has nothing to say that does not stand here. */
const both = (when: 'on' | 'off', text: string) => `<span data-when="${when}"${only(when)}>${text}</span>`;

export const consentMarkup = [
  '{{#if @root.counting}}',
  '<form class="dt" id="counting" method="post" action="{{@root.links.answer}}/counting">',
  '<input type="hidden" name="counting" value="{{#if @root.counting.isOn}}off{{else}}on{{/if}}">',
  `<p class="dt-title" id="counting-title">${word('title')}</p>`,
  `<p class="dt-text" id="counting-text">${word('text')}</p>`,
  '<p class="dt-row">',
  `<button class="dt-switch" type="submit" aria-describedby="counting-text">${both('on', word('turnOff'))}${both('off', word('turnOn'))}</button>`,
  `<span class="dt-state" role="status">${both('on', word('on'))}${both('off', word('off'))}</span>`,
  '</p>',
  `<p class="dt-failed" role="alert" data-text="${word('failed')}" hidden></p>`,
  '</form>',
  '{{/if}}',
].join('');
