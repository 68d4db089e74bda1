/** `{{#if a}}…{{else}}…{{/if}}` around anything: its branches in the order written, each with the mustache that opens it. */
export interface Block<Inner> {
  readonly kind: 'block';
  readonly line: number;
  readonly branches: readonly { readonly head: string; readonly inner: readonly (Inner | Block<Inner>)[] }[];
  /** `{{/if}}` */
  readonly foot: string;
}

export interface Mustache {
  readonly kind: 'mustache';
  readonly text: string;
  readonly line: number;
}

/** What an attribute's value is made of. */
export type Piece = { readonly kind: 'text'; readonly text: string } | Mustache;

export interface Attribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: readonly (Piece | Block<Piece>)[];
  readonly line: number;
}

export interface Element {
  readonly kind: 'element';
  readonly name: string;
  readonly line: number;
  readonly attributes: readonly (Attribute | Block<Attribute>)[];
  /** What MJML passes on as it is; null where it reads on. */
  readonly content: string | null;
  readonly children: readonly (Child | Block<Child>)[];
}

export type Child = Element | Mustache;

/** A fault with its line in the file that was read. */
export interface LineFault {
  readonly line: number;
  readonly text: string;
}

/** Elements whose content MJML passes on as it is. */
export const opaque: ReadonlySet<string> = new Set(
  ['text', 'button', 'table', 'raw', 'style', 'title', 'preview', 'navbar-link', 'social-element']
    .concat(['accordion-title', 'accordion-text', 'carousel-image', 'html-attribute'])
    .map((name) => `mj-${name}`),
);

/** `if`, `each`, …, of `{{#if a}}` and of `{{else if a}}`; empty for a plain `{{else}}` and `{{^if a}}`, which enter nothing. */
export function verbOf(head: string): string {
  return /^\{\{~?\s*(?:#|else\b)\s*([\w-]*)/.exec(head)?.[1] ?? '';
}

/** `{{#with a}}` of a branch that was `{{else with a}}`, so that it can stand alone. */
export function asOpening(head: string): string {
  return head.replace(/^\{\{(~?)\s*else\s+/, '{{$1#');
}

/** Whether one of its branches is taken, whatever the data says. */
export function hasPlainElse({ branches }: Block<unknown>): boolean {
  return branches.length > 1 && verbOf(branches.at(-1)?.head ?? '') === '';
}
