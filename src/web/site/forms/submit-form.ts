// Enters: what somebody put into a form, the page's or the film's. Leaves: thanks, or what is wrong with it, or that it could not be sent.
// Never: the same answer twice: every try carries the same submission, and the server takes one.

export interface Submitted {
  /** Where the page's forms go. */
  readonly url: string;
  readonly form: string;
  /** UUID of this filling in; kept through all tries. */
  readonly submission: string;
  readonly values: Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'thanks'; readonly thanks: string }
  /** Sentences by field. */
  | { readonly kind: 'wrong'; readonly errors: Readonly<Record<string, string>> }
  /** The page takes no more answers: its link has expired, or was never meant for us. */
  | { readonly kind: 'refused' }
  /** Nobody was reached, for all the patience. */
  | { readonly kind: 'lost' };

/** What is told on `document` once a form was answered, so that all that shows it follows. */
export interface Answered {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly thanks: string;
}

const waitsMs = [1000, 3000, 9000];

/** @param onWait is called before each further try. Tells `dearly:answered` when the answer was taken. */
export async function submitForm(submitted: Submitted, onWait: () => void = () => {}): Promise<Outcome> {
  const { form, values } = submitted;
  for (const waitMs of [...waitsMs, null]) {
    const outcome = await attempt(submitted);
    if (outcome.kind === 'thanks') {
      const detail: Answered = { form, values, thanks: outcome.thanks };
      document.dispatchEvent(new CustomEvent('dearly:answered', { detail }));
    }
    if (outcome.kind !== 'lost' || waitMs === null) return outcome;
    onWait();
    await backOnline(waitMs);
  }
  return { kind: 'lost' };
}

async function attempt({ url, form, submission, values }: Submitted): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ form, submission, values }),
      // Who leaves the page at once has answered all the same.
      keepalive: true,
    });
    if (response.ok) return { kind: 'thanks', thanks: (await response.json()).thanks };
    if (response.status === 422) return { kind: 'wrong', errors: (await response.json()).errors };
    return response.status >= 500 || response.status === 429 ? { kind: 'lost' } : { kind: 'refused' };
  } catch {
    return { kind: 'lost' };
  }
}

/** After a while, or as soon as there is a connection again. */
function backOnline(waitMs: number): Promise<void> {
  return new Promise((done) => {
    const goOn = () => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      done();
    };
    const timer = setTimeout(goOn, waitMs);
    addEventListener('online', goOn);
  });
}
