// Enters: what `forms.json` says. Leaves: Form, what may be asked on the page and in the film, and what an answer must be.
// Never: words; those are messages, `form.<form>.<field>` and so on, in every language of the pack.

/** A number, or the path of one in the view (`{"view": "meter.last"}`): a reading cannot be below the last one. */
export type Limit = number | { readonly view: string };

/** ISO date, or the day on which somebody answers, by the person's calendar. */
export type Day = 'today' | (string & {});

interface Named {
  /** camelCase, as segments name it, and unique in its form; it is posted and learned under this name. */
  readonly name: string;
  readonly required?: boolean;
}

/** What has no limits that depend on data. */
type Fixed =
  | { readonly type: 'text' | 'comment'; readonly maxLength?: number }
  | { readonly type: 'email' | 'tel' | 'check' }
  | { readonly type: 'date'; readonly min?: Day; readonly max?: Day }
  /** Labels are the messages `form.<form>.<name>.<option>`. */
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** NPS 0–10, CSAT 1–5, CES 1–7. Its ends are named by `….low` and `….high`. */
  | { readonly type: 'nps' | 'csat' | 'ces' };

/** One thing that is asked. Its label is the message `form.<form>.<name>`, its hint `….hint` where there is one. */
export type Field = Named &
  (
    | Fixed
    /** Any number that is a multiple of `step`, where that is said: 1 asks for whole ones. */
    | { readonly type: 'number'; readonly min?: Limit; readonly max?: Limit; readonly step?: number }
  );

/** Numbers and choices say how many answered how, and are counted and shown again; words and days say who did. */
export function isCountable({ type }: Field): boolean {
  return !['text', 'comment', 'email', 'tel', 'date'].includes(type);
}

/** ISO 4217, or where it stands in the view. */
export type Currency = string | { readonly view: string };

export interface Form {
  /** Its key in `forms.json`, kebab-case. Title, button and thanks are `form.<name>.title`, `.submit` and `.thanks`. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** The fact that an answer becomes, merged into the profile at its top level; the form's name in camelCase unless said otherwise. */
  readonly fact: string;
  /** Answered once, it is not asked again: there is nothing to change about a yes that was acted upon. */
  readonly once?: boolean;
  /** An answer counts as a conversion, worth this much where it says so. */
  readonly conversion?: { readonly value?: Limit; readonly currency?: Currency };
}

/** A field as one person is asked: its limits are numbers, or are not there. */
export type AskedField = Named &
  (Fixed | { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly step?: number });

/** A form as one person is asked. Safe to hand to the page: it holds no word and no fact of the profile beyond its limits. */
export interface AskedForm {
  readonly name: string;
  readonly fields: readonly AskedField[];
}

/** First and last step of each scale. */
export const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const;

/** Characters, where a field does not say how many. */
export const mostCharacters = { text: 200, comment: 1000, email: 254, tel: 40 } as const;
