import type { Say } from './contract.ts';

/** What a helper learns besides its values. */
export interface Options {
  readonly hash: Readonly<Record<string, string | number>>;
  readonly data: { readonly say: Say };
}

/** What `../` climbs. */
interface Level {
  readonly value: unknown;
  readonly up: Level | undefined;
}

/** What `@index` and its like say. */
export interface Loop {
  readonly key: string | number;
  readonly index: number;
  readonly first: boolean;
  readonly last: boolean;
  readonly up: Loop | undefined;
}

/** The values of `as |item index|`, innermost first. */
export interface Named {
  readonly values: readonly unknown[];
  readonly up: Named | undefined;
}

/** Where in the data a part of a template stands while it is filled. */
export interface Scope {
  readonly context: unknown;
  readonly levels: Level;
  readonly loop: Loop | undefined;
  readonly named: Named | undefined;
  readonly root: unknown;
  /** For helpers without `name=value` pairs: one for the whole fill. */
  readonly plain: Options;
}

/** What `this` is in a block where there is nothing, as Handlebars has it. */
const nothing: object = Object.seal({});

export function topScope(root: unknown, say: Say): Scope {
  const levels = { value: root, up: undefined };
  return {
    context: root,
    levels,
    loop: undefined,
    named: undefined,
    root,
    plain: { hash: {}, data: { say } },
  };
}

/** Inside `each` and `with`. */
export function enter(
  scope: Scope,
  context: unknown,
  loop: Loop | undefined,
  named: Named | undefined,
): Scope {
  const { levels, root, plain } = scope;
  const isSame = isSameLevel(context, levels.value);
  return { context, levels: isSame ? levels : { value: context, up: levels }, loop, named, root, plain };
}

/** Inside `if`, `unless` and `else`, which change nothing but a context of null. */
export function stay(scope: Scope): Scope {
  return scope.context === null || scope.context === undefined
    ? enter(scope, nothing, scope.loop, scope.named)
    : scope;
}

/** @param depth how many `../` */
export function climb(scope: Scope, depth: number): unknown {
  if (depth === 0) return scope.context;
  let level: Level | undefined = scope.levels;
  for (let left = depth; left > 0; left--) level = level?.up;
  return level?.value;
}

/** Handlebars opens no new level where the value is the one outside, compared loosely: so do we, or `../` would differ. */
function isSameLevel(context: unknown, outer: unknown): boolean {
  if (context === nothing && outer === null) return true;
  try {
    // biome-ignore lint/suspicious/noDoubleEquals: as Handlebars compares
    return context == outer;
  } catch {
    // Data that has a field "toString" cannot be compared with a text; it is none.
    return false;
  }
}
