import fc from 'fast-check';

/** What a part of a template may name, by where it stands. */
export interface Scope {
  readonly name: string;
  readonly values: readonly string[];
  readonly conditions: readonly string[];
  readonly lists: readonly Inner[];
  readonly things: readonly Inner[];
}

interface Inner {
  readonly head: string;
  readonly inner: string;
}

export type Text = fc.Arbitrary<string>;
export type Make = (scope: Scope) => Text;

const scopes: Readonly<Record<string, Scope>> = {
  root: {
    name: 'root',
    values: [
      'name',
      'word',
      '@root.word',
      'items.length',
      'number 12',
      'this.name',
      './word',
      'default no "-"',
    ],
    conditions: [
      'a',
      'b',
      'c',
      'word',
      'items',
      '(gt items.length 1)',
      '(not a)',
      '(eq word "x")',
      'person',
    ].concat(['(and a (or b c))', 'notes', 'items.[0]', '@root.a']),
    lists: [
      { head: 'items', inner: 'item' },
      { head: 'items as |it at|', inner: 'named' },
      { head: 'notes', inner: 'note' },
    ],
    things: [
      { head: 'person', inner: 'person' },
      { head: 'person as |who|', inner: 'who' },
      { head: 'items.[0]', inner: 'first' },
    ],
  },
  item: {
    name: 'item',
    values: [
      'label',
      '@index',
      '../name',
      'this.label',
      '@root.items.length',
      'plural @index one="1" other="n"',
    ],
    conditions: [
      'on',
      '@first',
      '@last',
      '../a',
      '(eq @index 1)',
      'tags',
      '(gt ../items.length 2)',
      '@root.b',
    ],
    lists: [
      { head: 'tags', inner: 'tag' },
      { head: '../notes', inner: 'note' },
      { head: 'tags as |text at|', inner: 'hidden' },
    ],
    things: [{ head: '../person', inner: 'person' }],
  },
  named: {
    name: 'named',
    values: ['it.label', 'at', 'label', '@key', '@root.name'],
    conditions: ['it.on', '@first', '(gt at 0)', '../b', '(and @last on)'],
    lists: [{ head: 'it.tags', inner: 'tag' }],
    things: [],
  },
  tag: {
    name: 'tag',
    values: ['text', '@index', '../label', '../../name', '@../index'],
    conditions: ['@last', '../on', '../../c', '(eq text "x")', '@../first'],
    lists: [],
    things: [],
  },
  /** A block parameter of the name of a field hides it. */
  hidden: {
    name: 'hidden',
    values: ['text.text', 'this.text', 'at', '../label'],
    conditions: ['text.text', '@first', '(gt at 1)'],
    lists: [],
    things: [],
  },
  note: {
    name: 'note',
    values: ['this', '@key', '@index', '.'],
    conditions: ['this', '@first', '@last', '(eq @key "k1")'],
    lists: [],
    things: [],
  },
  first: {
    name: 'first',
    values: ['label', '../name'],
    conditions: ['on', '../a'],
    lists: [{ head: 'tags', inner: 'tag' }],
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

export const scopeOf = (name: string): Scope => scopes[name] ?? (scopes.root as Scope);
export const pick = (words: readonly string[]): Text => fc.constantFrom(...words);
const joined = (parts: Text, minLength: number, maxLength: number): Text =>
  fc.array(parts, { minLength, maxLength }).map((all) => all.join(''));

/**
 * Whether blocks have lines of their own. In text (`unchained`) not those with `else if`: of them Handlebars takes a line
 * break away by a look at the wrong branch (docs/adr/0015).
 */
type Lines = 'own' | 'none' | 'unchained';

interface Branch {
  /** As it opens a block, and as it goes on a chain. */
  readonly verb: string;
  readonly text: string;
}

/** `if`, `unless`, `each`, `with`: what opens it, and what stands in it. */
function branch(scope: Scope, make: Make): fc.Arbitrary<Branch> {
  const condition = pick(scope.conditions);
  const test = (verb: string) =>
    fc.record({ verb: condition.map((it) => `${verb} ${it}`), text: make(scope) });
  const enter = (verb: string) => (it: Inner) =>
    fc.record({ verb: fc.constant(`${verb} ${it.head}`), text: make(scopeOf(it.inner)) });
  return fc.oneof(
    { weight: 6, arbitrary: test('if') },
    { weight: 2, arbitrary: test('unless') },
    ...scope.lists.map((it) => ({ weight: 1, arbitrary: enter('each')(it) })),
    ...scope.things.map((it) => ({ weight: 1, arbitrary: enter('with')(it) })),
  );
}

/** Mostly plain; some take the white space around them along, as Handlebars' `~` does. */
const strip = fc.oneof({ weight: 12, arbitrary: fc.constant('') }, fc.constant('~'));
const plainElse = fc.oneof({ weight: 5, arbitrary: fc.constant('else') }, fc.constant('^'));

/** One block of any kind around what `make` makes. */
export function block(scope: Scope, make: Make, lines: Lines = 'own'): Text {
  const one = branch(scope, make);
  const rest = fc.option(make(scope), { freq: 2 });
  const most = lines === 'unchained' ? 0 : 2;
  const chained = fc.oneof(
    { weight: 5, arbitrary: fc.constant<Branch[]>([]) },
    { weight: 1, arbitrary: fc.array(one, { minLength: 1, maxLength: Math.max(1, most) }) },
  );
  const any = fc
    .tuple(one, most === 0 ? fc.constant<Branch[]>([]) : chained, rest, plainElse, strip, strip)
    .map(([first, more, last, word, left, right]) =>
      [
        `{{${left}#${first.verb}}}${first.text}`,
        ...more.map(({ verb, text }) => `{{else ${verb}}}${text}`),
        last === null ? '' : `{{${word}}}${last}`,
        `{{/${first.verb.split(' ')[0]}${right}}}`,
      ].join(''),
    );
  const inverted = fc
    .tuple(pick(scope.conditions), make(scope))
    .map(([it, no]) => `{{^if ${it}}}${no}{{/if}}`);
  const wrap = (text: string) => (lines === 'none' ? text : `\n${text}\n`);
  return fc.oneof({ weight: 15, arbitrary: any }, inverted).map(wrap);
}

const cache = new Map<string, Text>();
/** The same part in the same scope is made by the same arbitrary. */
export function kept(key: string, make: () => Text): Text {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Parts, some of them in blocks, some of those in blocks again. */
export function withBlocks(
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

export const value = (scope: Scope): Text => pick(scope.values).map((it) => `{{${it}}}`);

const anything = fc.oneof(
  pick(['Ada', 'Zoë & Söhne', '<b>"x"</b>', "'{{7*7}}'", '</mj-text>', '', 'x', '0']),
  fc.string({ maxLength: 8 }).map((text) => text.replace(/\s/g, '_')),
);

/** As JSON brings it: Handlebars stumbles over objects without a prototype. */
const plain = <Fields extends object>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { noNullPrototype: true });

/** What the scopes may name. */
export const data = plain({
  name: anything,
  word: anything,
  color: pick(['#abc', '#aabbcc', 'red']),
  classes: pick(['three', 'three four', '']),
  tongue: pick(['de', 'ar']),
  link: pick(['https://a.example/?a=1&b=2', 'mailto:a@b.example']),
  a: fc.boolean(),
  b: fc.boolean(),
  c: fc.boolean(),
  person: fc.option(plain({ city: anything })),
  notes: fc.dictionary(pick(['k1', 'k2', '<k>']), anything, { maxKeys: 3, noNullPrototype: true }),
  items: fc.array(
    plain({
      label: anything,
      on: fc.boolean(),
      tags: fc.array(plain({ text: anything }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
});
