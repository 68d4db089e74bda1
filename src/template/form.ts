// Enters: what `forms.json` says. Leaves: Form, what may be asked on the page and in the film, and what an answer must be.
// Never: words; those are messages, `form.<form>.<field>` and so on, in every language of the pack.

/** A number, or the path of one in the view (`{"view": "meter.last"}`): a reading cannot be below the last one. */
export type Limit = number | { readonly view: string };

/** One thing that is asked. Its label is the message `form.<form>.<name>`, its hint `….hint` where there is one. */
export type Field = {
  /** Kebab-case or camelCase, unique in its form; the name it is posted and learned under. */
  readonly name: string;
  readonly required?: boolean;
} & (
  | { readonly type: 'text' | 'comment'; readonly maxLength?: number }
  | { readonly type: 'email' | 'tel' | 'date' | 'check' }
  | { readonly type: 'number'; readonly min?: Limit; readonly max?: Limit; readonly step?: number }
  /** Labels are the messages `form.<form>.<name>.<option>`. */
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** NPS 0–10, CSAT 1–5, CES 1–7. Its ends are named by `….low` and `….high`. */
  | { readonly type: 'nps' | 'csat' | 'ces' }
);

export interface Form {
  /** Its key in `forms.json`, kebab-case. Title, button and thanks are `form.<name>.title`, `.submit` and `.thanks`. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** The fact that an answer becomes, merged into the profile at its top level; the form's name unless said otherwise. */
  readonly fact: string;
  /** An answer counts as a conversion, worth this much where it says so. */
  readonly conversion?: { readonly value?: Limit; readonly currency?: string };
}
