import fc from 'fast-check';
import { inTag, words } from './make-attributes.ts';
import { kept, type Make, pick, type Scope, scopeOf, type Text, value, withBlocks } from './make-blocks.ts';

export { data } from './make-blocks.ts';

function tag(name: string, scope: Scope, inside: Text | null, fixed = ''): Text {
  return fc
    .tuple(inTag(name, scope), inside ?? fc.constant(''))
    .map(([more, text]) =>
      inside === null ? `<${name}${fixed}${more} />` : `<${name}${fixed}${more}>${text}</${name}>`,
    );
}

const word: Make = (scope) =>
  fc.oneof(
    { weight: 4, arbitrary: words },
    { weight: 4, arbitrary: value(scope) },
    pick([' <b>fett</b> ', '<br>', '{{! note }}', '{{!-- }} --}}', '<!-- x -->', ' {{~word~}} ']).map((it) =>
      it.replace('word', scope.values[0] ?? ''),
    ),
  );
const content: Make = (scope) =>
  fc.oneof(
    withBlocks('lines', scope, 2, 3, word, 'unchained'),
    withBlocks('words', scope, 2, 3, word, 'none'),
  );
const cell: Make = (scope) => content(scope).map((text) => `<td>${text}</td>`);
const row: Make = (scope) => withBlocks('cells', scope, 1, 2, cell).map((cells) => `<tr>${cells}</tr>`);
const rowsOf: Make = (scope) => withBlocks('rows', scope, 2, 3, row);

const leaf: Make = (scope) =>
  kept(`leaf ${scope.name}`, () =>
    fc.oneof(
      { weight: 10, arbitrary: tag('mj-text', scope, content(scope)) },
      { weight: 4, arbitrary: tag('mj-button', scope, content(scope)) },
      { weight: 4, arbitrary: tag('mj-image', scope, null, ' src="{{url @root.link}}"') },
      { weight: 4, arbitrary: tag('mj-table', scope, rowsOf(scope)) },
      { weight: 2, arbitrary: tag('mj-divider', scope, null) },
      { weight: 2, arbitrary: tag('mj-spacer', scope, null) },
      { weight: 2, arbitrary: content(scope).map((text) => `<mj-raw><tr><td>${text}</td></tr></mj-raw>`) },
      { weight: 2, arbitrary: tag('mj-social', scope, withBlocks('social', scope, 1, 2, socialElement)) },
      { weight: 1, arbitrary: tag('mj-accordion', scope, several(accordionElement(scope))) },
      { weight: 1, arbitrary: tag('mj-navbar', scope, several(navbarLink(scope))) },
      { weight: 1, arbitrary: pick(['<!-- note -->', '{{! note }}', '{{!-- <mj-text> --}}']) },
    ),
  );
const several = (one: Text): Text => fc.array(one, { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
const socialElement: Make = (scope) =>
  fc
    .tuple(pick(['facebook', 'github', 'x-noshare', 'own']), tag('mj-social-element', scope, content(scope)))
    .map(([name, element]) => element.replace('<mj-social-element', `<mj-social-element name="${name}"`));
const accordionElement: Make = (scope) =>
  tag(
    'mj-accordion-element',
    scope,
    fc
      .tuple(
        tag('mj-accordion-title', scope, content(scope)),
        tag('mj-accordion-text', scope, content(scope)),
      )
      .map((both) => both.join('')),
  );
const navbarLink: Make = (scope) => tag('mj-navbar-link', scope, content(scope));

const column: Make = (scope) =>
  kept(`column ${scope.name}`, () => tag('mj-column', scope, withBlocks('leaves', scope, 1, 3, leaf)));
const group: Make = (scope) =>
  kept(`group ${scope.name}`, () => tag('mj-group', scope, withBlocks('columns', scope, 1, 2, column)));
const section: Make = (scope) =>
  kept(`section ${scope.name}`, () =>
    tag(
      'mj-section',
      scope,
      withBlocks('row', scope, 2, 3, (at) =>
        fc.oneof({ weight: 6, arbitrary: column(at) }, { weight: 1, arbitrary: group(at) }),
      ),
    ),
  );
const wrapper: Make = (scope) =>
  kept(`wrapper ${scope.name}`, () => tag('mj-wrapper', scope, withBlocks('sections', scope, 1, 2, section)));
const hero: Make = (scope) =>
  kept(`hero ${scope.name}`, () => tag('mj-hero', scope, withBlocks('leaves', scope, 1, 2, leaf)));
const part: Make = (scope) =>
  fc.oneof(
    { weight: 6, arbitrary: section(scope) },
    { weight: 1, arbitrary: wrapper(scope) },
    { weight: 1, arbitrary: hero(scope) },
  );

const ofDefaults = pick([
  '<mj-all font-family="Arial" />',
  '<mj-text color="{{color}}" />',
  '<mj-section padding="7px" /><mj-column border-radius="3px" />',
  '<mj-button background-color="{{color}}" /><mj-image padding="0" />',
  '<mj-text css-class="{{classes}}" />',
]);
const head: Text = fc
  .tuple(
    pick(['', '{{#if a}}!{{/if}}']),
    ofDefaults,
    pick(['', '<mj-breakpoint width="400px" />']),
    content(scopeOf('root')),
  )
  .map(
    ([
      more,
      defaults,
      breakpoint,
      preview,
    ]) => `<mj-title>An {{name}}${more}</mj-title><mj-preview>{{word}}!${preview}</mj-preview>${breakpoint}
<mj-attributes>${defaults}<mj-class name="soft" font-size="11px" /><mj-class name="hard" color="{{color}}" padding="9px" /></mj-attributes>
<mj-style>.one { color: #123 } {{#if b}}.two { color: red }{{/if}}</mj-style>`,
  );

/** The source of an email: any of MJML's usual components, with blocks anywhere. */
export const template: Text = fc.tuple(head, withBlocks('body', scopeOf('root'), 2, 2, part)).map(
  ([top, body]) => `<mjml lang="{{tongue}}">
<mj-head>${top}</mj-head>
<mj-body width="600px">
${body}
</mj-body>
</mjml>`,
);

/** An email whose parts are blocks or not, and an order for some of the blocks. */
export const arranged = fc
  .array(fc.tuple(withBlocks('body', scopeOf('root'), 1, 2, part), fc.boolean()), {
    minLength: 2,
    maxLength: 4,
  })
  .chain((parts) => {
    const named = parts.map(([text, isBlock], index) => ({ text, name: isBlock ? `b${index}` : null }));
    const names = named.flatMap(({ name }) => name ?? []);
    return fc.record({ parts: fc.constant(named), order: fc.shuffledSubarray(names) });
  });

export function mailOf(body: string): string {
  return `<mjml lang="de">
<mj-head><mj-preview>{{word}}!</mj-preview></mj-head>
<mj-body width="600px">
${body}
</mj-body>
</mjml>`;
}

/** One of each thing that a block may always stand around, by its name: what is before it, how it is made, what comes after. */
export const always: Readonly<Record<string, (around: (make: Make) => Text) => Text>> = {
  section: (around) => around(section),
  column: (around) => around(column).map((it) => `<mj-section>${it}</mj-section>`),
  text: (around) => inColumn(around((scope) => tag('mj-text', scope, content(scope)))),
  'table row': (around) => inColumn(around(row).map((it) => `<mj-table>${it}</mj-table>`)),
  attribute: (around) =>
    inColumn(
      around(({ name }) => inTag('mj-text', scopeOf(name), 1)).map((it) => `<mj-text${it}>x</mj-text>`),
    ),
};

function inColumn(inside: Text): Text {
  return inside.map((it) => `<mj-section><mj-column>${it}</mj-column></mj-section>`);
}
