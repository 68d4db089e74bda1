import type { Slots } from './mjml-slots.ts';
import type { LineFault } from './mjml-tree.ts';

export interface MjmlNode {
  readonly tagName: string;
  readonly attributes: Attributes;
  readonly line: number;
  readonly content?: string;
  readonly children: readonly MjmlNode[];
  /** How many stand beside each other, itself included, whatever MJML counts. */
  readonly siblings?: number;
}

export interface Lowering {
  readonly slots: Slots;
  readonly faults: LineFault[];
  /** `line name` of attributes that a block can leave empty, which MJML's validator dislikes and MJML does not. */
  readonly emptied: Set<string>;
  /** In the head, where tags are for the whole email. */
  readonly inHead: boolean;
  /** Within a list, where one tag stands many times in the email. */
  readonly isRepeated: boolean;
  /** An email with `gap` or `gutter` in it: there, MJML treats the first and the last child in a way of their own. */
  readonly hasGaps: boolean;
  /** Whole sections may go, by `{{#block}}`. */
  readonly hasPlaces: boolean;
  /** A width that rounds as MJML rounds a third, a sixth, … in the class of a group: two rules, one name. */
  readonly hasOddWidths: boolean;
}

export interface Shape {
  /** What the key renders to where this shape is meant. */
  readonly label: string;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, string | boolean>>;

/** What an element can be, and how to tell which it is. */
export interface Shapes<One extends Shape> {
  /** Handlebars that renders the label of one of them. */
  readonly key: string;
  readonly list: readonly One[];
}
