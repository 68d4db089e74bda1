// Enters: nothing. Leaves: what stands for an empty `<dearly-chat></dearly-chat>`, in Handlebars over the root `chat`.
// Never: a question or an answer; merge fills those in, for one person in one language.

const frequent = `{{#if chat.frequent}}<div class="dc-frequent"><p class="dc-label">{{chat.words.frequent}}</p>\
{{#each chat.frequent}}<details class="dc-question"><summary>{{ask}}</summary><p class="dc-answer">{{answer}}</p>\
{{#if lead}}<p class="dc-lead"><a href="{{lead.href}}">{{lead.label}}</a></p>{{/if}}</details>{{/each}}</div>{{/if}}`;

/** What was said so far, for those who say it without a script. */
const said = `{{#if chat.said}}<div class="dc-log" role="log" aria-label="{{chat.words.log}}">{{#each chat.said}}<div class="dc-said dc-said-{{from}}">\
<span class="dc-who">{{who}}</span><p class="dc-text">{{text}}</p>\
{{#if lead}}<p class="dc-lead"><a href="{{lead.href}}">{{lead.label}}</a></p>{{/if}}</div>{{/each}}</div>{{/if}}`;

/** The nearest questions as buttons, and the way to a person. */
const ways = `{{#if chat.ways}}{{#if chat.ways.suggestions}}<form class="dc-ways" method="post" action="{{links.answer}}/chat">\
<input type="hidden" name="id" value="{{submission}}">\
{{#each chat.ways.suggestions}}<button class="dc-chip" name="question" value="{{this}}">{{this}}</button>{{/each}}</form>{{/if}}\
{{#if chat.ways.handOver}}<form class="dc-ways" method="post" action="{{links.answer}}/chat">\
<input type="hidden" name="id" value="{{chat.ways.id}}"><input type="hidden" name="question" value="{{chat.ways.question}}">\
<button class="dc-chip dc-hand" name="handOver" value="1">{{chat.words.handOver}}</button></form>{{/if}}{{/if}}`;

const ask = `<form class="dc-form" method="post" action="{{links.answer}}/chat"><input type="hidden" name="id" value="{{submission}}">\
{{#if chat.withPerson}}<input type="hidden" name="handOver" value="1">{{/if}}\
<label class="dc-label" for="dc-question">{{chat.words.label}}</label><div class="dc-row">\
<input class="dc-input" id="dc-question" name="question" required maxlength="500" autocomplete="off" enterkeyhint="send" placeholder="{{chat.words.placeholder}}">\
<button class="dc-send button" type="submit">{{chat.words.send}}</button></div></form>`;

export const chatMarkup = `{{#if chat}}<div class="dc" id="dearly-chat" data-url="{{links.answer}}/chat"\
{{#if chat.callBack}} data-call-back="{{chat.callBack}}"{{/if}}>${frequent}${said}${ways}${ask}</div>{{/if}}`;
