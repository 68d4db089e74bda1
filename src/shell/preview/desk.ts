// Enters: State. Leaves: Look, all that the studio shows of it. Never: a fault; what cannot be shown says why instead.
import { DearlyError } from '../../errors.ts';
import type { Profile } from '../../profile/profile.ts';
import { complain } from './complain.ts';
import { type Press, Refusal } from './press.ts';
import type { Ask, Complaint, Proof, ShelfPack } from './protocol.ts';
import { arrangementOf, messageQuery, type State } from './state.ts';

export interface Look {
  /** The state with its gaps filled: a pack and a sample where there are any. */
  readonly state: State;
  readonly shelf: readonly ShelfPack[];
  readonly pack: ShelfPack | null;
  /** Null where there is nothing to show, or a complaint. */
  readonly proof: Proof | null;
  readonly complaint: Complaint | null;
}

export interface Desk {
  look(state: State, origin: string): Promise<Look>;
  /** @throws Refusal */
  askFor(state: State, origin: string): Promise<Ask>;
}

export function openDesk(press: Press, findProfile: (key: string) => Promise<Profile | null>): Desk {
  async function askFor(state: State, origin: string): Promise<Ask> {
    const { pack, sample, profile, lang, gate } = state;
    if (pack === null)
      throw refusal('pack-missing', 'There is no pack yet.', 'Make one: templates/<name>/contract.ts');
    const arrangement = arrangementOf(state);
    const shared = { pack, lang, arrangement, gate, origin, query: messageQuery(state) };
    if (profile === null) {
      if (sample !== null) return { ...shared, who: { sample } };
      throw refusal(
        'profile-missing',
        'This pack has no sample yet.',
        `templates/${pack}/samples/: add a made-up person as <name>.json`,
      );
    }
    const found = await findProfile(profile).catch((error: unknown) => {
      throw new Refusal(complain(error));
    });
    if (found === null) {
      throw refusal(
        'profile-missing',
        `Nobody is known by ${profile}.`,
        'Give the customer’s number, or a profile’s id.',
      );
    }
    return { ...shared, who: { profile: found } };
  }

  return {
    askFor,
    async look(asked, origin) {
      const shelf = await press.ask('shelf', null).catch(() => []);
      const pack = shelf.find((it) => it.name === asked.pack) ?? (asked.pack === null ? shelf[0] : undefined);
      const state = fill(asked, pack);
      const shown = { state, shelf, pack: pack ?? null };
      if (pack === undefined && state.pack !== null) {
        const { complaint } = refusal(
          'pack-missing',
          `There is no pack "${state.pack}".`,
          packWay(state.pack),
        );
        return { ...shown, proof: null, complaint };
      }
      if (pack?.complaint) return { ...shown, proof: null, complaint: pack.complaint };
      try {
        return { ...shown, proof: await press.ask('proof', await askFor(state, origin)), complaint: null };
      } catch (error) {
        return { ...shown, proof: null, complaint: complaintOf(error) };
      }
    },
  };
}

export function complaintOf(error: unknown): Complaint {
  if (error instanceof Refusal) return error.complaint;
  if (error instanceof DearlyError) return complain(error);
  throw error;
}

function fill(state: State, pack: ShelfPack | undefined): State {
  if (pack === undefined) return state;
  const { samples, languages, subjects } = pack;
  const sample =
    samples.find((it) => it.name === state.sample) ?? (state.sample === null ? samples[0] : null);
  const lang = languages.length === 0 || languages.includes(state.lang ?? '') ? state.lang : null;
  const subject = subjects.includes(state.subject ?? '') ? state.subject : null;
  const blocks = isSame(state.blocks, pack.blocks) ? null : state.blocks;
  const scenes = isSame(state.scenes, pack.scenes) ? null : state.scenes;
  const gate = state.gate && pack.hasGate;
  const named = { pack: pack.name, sample: sample?.name ?? state.sample };
  return { ...state, ...named, lang, subject, blocks, scenes, gate };
}

function isSame(some: readonly string[] | null, others: readonly string[]): boolean {
  return some !== null && some.join(' ') === others.join(' ');
}

/** Where a pack begins. */
const packWay = (name: string) => `templates/${name}/contract.ts: missing; README.md shows a whole pack`;

function refusal(code: string, message: string, detail: string): Refusal {
  return new Refusal({ code, message, details: [detail] });
}
