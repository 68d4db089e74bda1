import type { Arrangement } from '../campaign/variant.ts';
import type { Contract } from './contract.ts';
import type { Fill } from './fill.ts';
import type { Form } from './form.ts';
import type { Messages } from './messages.ts';
import type { QuestionList } from './questions/question.ts';

export type { Fill, Roots } from './fill.ts';

/** What a template may name besides the view's own fields. */
export const reservedRoots = [
  'links',
  'sender',
  'lang',
  'locale',
  'dir',
  'variant',
  'preheader',
  /** Name of the form that was just answered without a script; empty otherwise. */
  'answered',
  /** What is wrong in a form sent without a script: sentences by form and field. */
  'wrong',
  /** What was sent in it, to be mended: by form and field. */
  'values',
  /** What was answered before: by form `when`, `change` and `values`, the last by field, as text to show. */
  'given',
  /** UUID of this view of the page: what is sent twice by it is one answer. */
  'submission',
  /** The chat's words, what is often asked, and what was said so far where it was said without a script. */
  'chat',
  /** The words of the switch for counting, and how it stands. */
  'counting',
  /** Whether this message asks for something known before it shows figures. */
  'gated',
] as const;

/** The templates, ready; null where the pack has no such file. */
export interface Parts {
  readonly subject: Fill | null;
  readonly preheader: Fill | null;
  readonly email: Fill | null;
  readonly text: Fill | null;
  readonly site: Fill | null;
}

export interface CompiledPack {
  readonly name: string;
  /** Hash of every file: 16 hex digits. Changes when anything a recipient could see changes. */
  readonly version: string;
  /** Null for an old version that was kept to show what was sent; nobody new is presented by it. */
  readonly contract: Contract | null;
  /** BCP 47, the default first. */
  readonly languages: readonly string[];
  readonly messages: Readonly<Record<string, Messages>>;
  /** As the files stand. */
  readonly parts: Parts;
  /** Names of `{{#block "name"}}` in the order of the email, then what text and page have besides. */
  readonly blocks: readonly string[];
  /** Names of `subject.<name>.hbs`, sorted. */
  readonly subjects: readonly string[];
  /** The same put together as a variant says: compiled when first asked for, and kept. Names it does not know say nothing. */
  arranged(arrangement: Arrangement): Parts;
  /** `pictures/<name>.svg`: filled with the view they are SVG, drawn at the first request. */
  readonly pictures: Readonly<Record<string, Fill>>;
  /** What `forms.json` asks, by name. */
  readonly forms: Readonly<Record<string, Form>>;
  /** What `questions/<lang>.json` can answer, by language; none where the pack has no such file. */
  readonly questions: Readonly<Record<string, QuestionList>>;
  /** Rules for the page, the theme's custom properties first. */
  readonly css: string;
  /** Rules for the page on paper, `print.css` among them; they come after those of `css`. */
  readonly printCss: string;
  /** What it was compiled from: kept beside what was sent, so that it can be shown as it was. */
  readonly files: Readonly<Record<string, string>>;
}
