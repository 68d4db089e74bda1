// Enters: what was typed, under an id of its own. Leaves: what came of it. Never: a throw; a network that is gone is an outcome.

export interface Line {
  readonly seq: number;
  readonly id: string;
  readonly from: 'visitor' | 'house' | 'person';
  readonly text: string;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly text: string; readonly lead: { href: string; label: string } | null }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[]; readonly canHandOver: boolean }
  | Handed
  | { readonly kind: 'failed' }
  | { readonly kind: 'too-fast' };

/** Somebody has it, or will: `messages` are what they said at once. */
export interface Handed {
  readonly kind: 'handed';
  readonly state: 'replied' | 'waiting' | 'down';
  readonly messages: readonly Line[];
}

export interface Asking {
  /** The same for every try: the server takes it once. */
  readonly id: string;
  readonly question: string;
  readonly handOver: boolean;
}

/** Longer than the server waits for a person's bot. */
const patienceMs = 20_000;

export async function ask(url: string, asking: Asking): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(asking),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 429) return { kind: 'too-fast' };
    if (!response.ok) return { kind: 'failed' };
    const said = await response.json();
    if (said.handedOver) return { kind: 'handed', state: said.state, messages: said.messages };
    if (said.unknown)
      return { kind: 'unknown', suggestions: said.suggestions, canHandOver: said.canHandOver === true };
    return { kind: 'answer', text: said.answer, lead: said.leads };
  } catch {
    return { kind: 'failed' };
  }
}

export interface Standing {
  readonly withPerson: boolean;
  readonly messages: readonly Line[];
}

/** What was said since; null where nobody can be reached. */
export async function look(url: string, after: number): Promise<Standing | null> {
  try {
    const response = await fetch(`${url}?after=${after}`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
