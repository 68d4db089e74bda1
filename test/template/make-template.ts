import fc from 'fast-check';

/** What a part of a template may name, by where it stands. */
interface Scope {
  readonly name: string;
  readonly values: readonly string[];
  readonly conditions: readonly string[];
  readonly lists: readonly { readonly head: string; readonly inner: string }[];
  readonly things: readonly { readonly head: string; readonly inner: string }[];
}

const scopes: Readonly<Record<string, Scope>> = {
  root: {
    name: 'root',
    values: ['name', 'word', '@root.word', 'items.length', 'number 12'],
    conditions: ['a', 'b', 'c', 'word', 'items', '(gt items.length 1)', '(not a)', '(eq word "x")', 'person'],
    lists: [
      { head: 'items', inner: 'item' },
      { head: 'items as |it at|', inner: 'named' },
    ],
    things: [
      { head: 'person', inner: 'person' },
      { head: 'person as |who|', inner: 'who' },
    ],
  },
  item: {
    name: 'item',
    values: ['label', '@index', '../name', 'this.label'],
    conditions: ['on', '@first', '@last', '../a', '(eq @index 1)', 'tags'],
    lists: [{ head: 'tags', inner: 'tag' }],
    things: [],
  },
  named: {
    name: 'named',
    values: ['it.label', 'at', 'label', '@key'],
    conditions: ['it.on', '@first', '(gt at 0)', '../b'],
    lists: [],
    things: [],
  },
  tag: {
    name: 'tag',
    values: ['text', '@index', '../label', '../../name'],
    conditions: ['@last', '../on', '../../c', '(eq text "x")'],
    lists: [],
    things: [],
  },
  person: {
    name: 'person',
    values: ['city', '../name'],
    conditions: ['../a', 'city'],
    lists: [],
    things: [],
  },
  who: {
    name: 'who',
    values: ['who.city', '../word'],
    conditions: ['who.city', '../b'],
    lists: [],
    things: [],
  },
};

type Text = fc.Arbitrary<string>;
type Make = (scope: Scope) => Text;

const scopeOf = (name: string): Scope => scopes[name] ?? (scopes.root as Scope);
const pick = (words: readonly string[]): Text => fc.constantFrom(...words);
const joined = (parts: Text, minLength: number, maxLength: number): Text =>
  fc.array(parts, { minLength, maxLength }).map((all) => all.join(''));

/**
 * Whether blocks have lines of their own. In text (`unchained`) not those with `else if`: of them Handlebars takes a line
 * break away by a look at the wrong branch (docs/adr/0015).
 */
type Lines = 'own' | 'none' | 'unchained';

/** One block of any kind around what `make` makes. */
function block(scope: Scope, make: Make, lines: Lines = 'own'): Text {
  const inner = make(scope);
  const condition = pick(scope.conditions);
  const wrap = (text: string) => (lines === 'none' ? text : `\n${text}\n`);
  const kinds: { arbitrary: Text; weight: number }[] = [
    {
      weight: 4,
      arbitrary: fc.tuple(condition, inner).map(([it, yes]) => wrap(`{{#if ${it}}}${yes}{{/if}}`)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(condition, inner, inner)
        .map(([it, yes, no]) => wrap(`{{#if ${it}}}${yes}{{else}}${no}{{/if}}`)),
    },
    {
      weight: lines === 'unchained' ? 0 : 1,
      arbitrary: fc
        .tuple(condition, condition, inner, inner, inner)
        .map(([one, two, x, y, z]) => wrap(`{{#if ${one}}}${x}{{else if ${two}}}${y}{{else}}${z}{{/if}}`)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(condition, inner).map(([it, no]) => wrap(`{{#unless ${it}}}${no}{{/unless}}`)),
    },
    ...scope.lists.map((list) => ({
      weight: 2,
      arbitrary: fc
        .tuple(make(scopeOf(list.inner)), fc.option(inner, { freq: 4 }))
        .map(([each, none]) =>
          wrap(`{{#each ${list.head}}}${each}${none === null ? '' : `{{else}}${none}`}{{/each}}`),
        ),
    })),
    ...scope.things.map((thing) => ({
      weight: 1,
      arbitrary: fc
        .tuple(make(scopeOf(thing.inner)), fc.option(inner, { freq: 4 }))
        .map(([it, none]) =>
          wrap(`{{#with ${thing.head}}}${it}${none === null ? '' : `{{else}}${none}`}{{/with}}`),
        ),
    })),
  ];
  return fc.oneof(...kinds);
}

const value = (scope: Scope): Text => pick(scope.values).map((it) => `{{${it}}}`);
const words = pick(['Guten Tag', 'x', 'a &amp; b', '1 < 2'.replace('<', '&lt;')]);

/** Where a value of an attribute may come from: written, data, or a block. */
function inValue(scope: Scope, written: Text): Text {
  const data: Make = (at) => fc.oneof(written, value(at));
  return fc.oneof({ weight: 3, arbitrary: written }, value(scope), block(scope, data, 'none'));
}

function chosen(scope: Scope, written: Text): Text {
  const condition = pick(scope.conditions);
  return fc.oneof(
    { weight: 5, arbitrary: written },
    {
      weight: 1,
      arbitrary: fc
        .tuple(condition, written, written)
        .map(([it, yes, no]) => `{{#if ${it}}}${yes}{{else}}${no}{{/if}}`),
    },
  );
}

const colors = pick(['#aabbcc', '#123', '#ffffff', 'red']);
const color: Make = (scope) =>
  fc.oneof(
    { weight: 3, arbitrary: colors },
    fc.constant('{{@root.color}}'),
    fc
      .tuple(pick(scope.conditions), colors)
      .map(([it, one]) => `{{#if ${it}}}${one}{{else}}{{@root.color}}{{/if}}`),
  );
const link: Make = (scope) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('https://a.example/x') },
    { weight: 2, arbitrary: fc.constant('{{url @root.link}}') },
    pick(scope.conditions).map((it) => `{{#if ${it}}}https://a.example/y{{/if}}`),
  );
const cssClass: Make = (scope) =>
  fc.oneof(
    pick(['one', 'one two']),
    pick(scope.conditions).map((it) => `one{{#if ${it}}} two{{/if}}`),
    fc.constant('{{@root.classes}}'),
  );

const common = {
  padding: (scope: Scope) => chosen(scope, pick(['0', '10px 20px', '4px 8px 12px'])),
  'css-class': cssClass,
};
const type = {
  color,
  'font-size': (scope: Scope) => chosen(scope, pick(['14px', '20px'])),
  'font-family': (scope: Scope) => inValue(scope, pick(['Arial', 'Georgia, serif'])),
};
const attributes: Readonly<Record<string, Readonly<Record<string, Make>>>> = {
  'mj-section': {
    ...common,
    'background-color': color,
    'background-url': link,
    'full-width': (scope) => chosen(scope, fc.constant('full-width')),
    direction: (scope) => chosen(scope, pick(['ltr', 'rtl'])),
    border: (scope) => chosen(scope, pick(['1px solid #000000', 'none'])),
  },
  'mj-wrapper': { ...common, 'background-color': color },
  'mj-hero': {
    ...common,
    'background-color': color,
    height: (scope) => chosen(scope, pick(['100px', '200px'])),
  },
  'mj-group': { width: (scope) => chosen(scope, pick(['50%', '300px'])), 'background-color': color },
  'mj-column': {
    ...common,
    width: (scope) => chosen(scope, pick(['30%', '200px'])),
    'vertical-align': (scope) => chosen(scope, pick(['top', 'middle'])),
    'border-radius': (scope) => chosen(scope, pick(['4px', '8px'])),
  },
  'mj-text': { ...common, ...type, align: (scope) => chosen(scope, pick(['left', 'center'])) },
  'mj-button': {
    ...common,
    ...type,
    href: link,
    'background-color': color,
    width: (scope) => chosen(scope, pick(['100px', '50%'])),
    title: (scope) => inValue(scope, words),
  },
  'mj-image': {
    ...common,
    href: link,
    alt: (scope) => inValue(scope, words),
    width: (scope) => chosen(scope, pick(['100px', '900px'])),
    'fluid-on-mobile': (scope) => chosen(scope, pick(['true', 'false'])),
  },
  'mj-table': { ...common, ...type, width: (scope) => chosen(scope, pick(['100%', '200px', 'auto'])) },
  'mj-divider': {
    padding: common.padding,
    'border-color': color,
    width: (scope) => chosen(scope, pick(['50%', '80px'])),
  },
  'mj-spacer': { height: (scope) => inValue(scope, pick(['10px', '30px'])) },
  'mj-social': { padding: common.padding, mode: (scope) => chosen(scope, pick(['horizontal', 'vertical'])) },
  'mj-social-element': { href: link, alt: (scope) => inValue(scope, words), color },
};

/** Up to two attributes, sometimes with a block around one. */
function inTag(name: string, scope: Scope): Text {
  const known = Object.entries(attributes[name] ?? {});
  const one = fc.oneof(
    ...known.map(([attribute, make]) =>
      make(scope).map((text) => [attribute, `${attribute}="${text}"`] as const),
    ),
  );
  const blocked = fc
    .tuple(one, pick(scope.conditions), fc.integer({ min: 0, max: 9 }))
    .map(([[attribute, text], condition, chance]) =>
      chance === 0
        ? ([attribute, `{{#if ${condition}}}${text}{{/if}}`] as const)
        : ([attribute, text] as const),
    );
  return fc
    .uniqueArray(blocked, { maxLength: 2, selector: ([attribute]) => attribute })
    .map((all) => all.map(([, text]) => ` ${text}`).join(''));
}

function tag(name: string, scope: Scope, inside: Text | null, fixed = ''): Text {
  return fc
    .tuple(inTag(name, scope), inside ?? fc.constant(''))
    .map(([more, text]) =>
      inside === null ? `<${name}${fixed}${more} />` : `<${name}${fixed}${more}>${text}</${name}>`,
    );
}

const cache = new Map<string, Text>();
/** The same part in the same scope is made by the same arbitrary. */
function kept(key: string, make: () => Text): Text {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Parts, some of them in blocks, some of those in blocks again. */
function withBlocks(
  key: string,
  scope: Scope,
  depth: number,
  max: number,
  make: Make,
  lines: Lines = 'own',
): Text {
  const some = (at: Scope, left: number): Text =>
    kept(`${key} ${at.name} ${left} ${max}`, () => {
      if (left === 0) return make(at);
      const inner = block(at, (to) => some(to, left - 1), lines);
      return joined(fc.oneof({ weight: 3, arbitrary: make(at) }, { weight: 1, arbitrary: inner }), 1, max);
    });
  return some(scope, depth);
}

const word: Make = (scope) =>
  fc.oneof(words, value(scope), fc.constant(' <b>fett</b> '), fc.constant('<br>'));
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
      { weight: 5, arbitrary: tag('mj-text', scope, content(scope)) },
      { weight: 2, arbitrary: tag('mj-button', scope, content(scope)) },
      { weight: 2, arbitrary: tag('mj-image', scope, null, ' src="{{url @root.link}}"') },
      { weight: 2, arbitrary: tag('mj-table', scope, rowsOf(scope)) },
      { weight: 1, arbitrary: tag('mj-divider', scope, null) },
      { weight: 1, arbitrary: tag('mj-spacer', scope, null) },
      { weight: 1, arbitrary: content(scope).map((text) => `<mj-raw><tr><td>${text}</td></tr></mj-raw>`) },
      { weight: 1, arbitrary: tag('mj-social', scope, withBlocks('social', scope, 1, 2, socialElement)) },
    ),
  );
const socialElement: Make = (scope) =>
  fc
    .tuple(pick(['facebook', 'github']), tag('mj-social-element', scope, content(scope)))
    .map(([name, element]) => element.replace('<mj-social-element', `<mj-social-element name="${name}"`));

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

/** The source of an email: any of MJML's usual components, with blocks anywhere. */
export const template: Text = withBlocks('body', scopeOf('root'), 2, 2, part).map(
  (body) => `<mjml lang="de">
<mj-head><mj-title>An {{name}}</mj-title><mj-preview>{{word}}!</mj-preview>
<mj-attributes><mj-text color="{{color}}" /><mj-class name="soft" font-size="11px" /></mj-attributes></mj-head>
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

const anything = fc.oneof(
  pick(['Ada', 'Zoë & Söhne', '<b>"x"</b>', "'{{7*7}}'", '</mj-text>', '', 'x', '0']),
  fc.string({ maxLength: 8 }).map((text) => text.replace(/\s/g, '_')),
);

/** What the templates may name; `contract` in the test says the same. */
export const data = fc.record({
  name: anything,
  word: anything,
  color: pick(['#abc', '#aabbcc', 'red']),
  classes: pick(['three', 'three four', '']),
  link: pick(['https://a.example/?a=1&b=2', 'mailto:a@b.example']),
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.boolean(),
  person: fc.option(fc.record({ city: anything })),
  items: fc.array(
    fc.record({
      label: anything,
      on: fc.boolean(),
      tags: fc.array(fc.record({ text: anything }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});
