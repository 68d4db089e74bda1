// Enters: where the film stands and what just happened. Leaves: where it stands then, and what the player has to do about it.
// Never: a browser, a clock or a player. The film's jumps and waits are decided here and nowhere else.
import type { Interaction } from '../../../template/composition.ts';
import { type Chapter, indexAt } from './chapters.ts';

/** An interaction by its place: of which scene, and which of that scene's. */
export interface Spot {
  readonly scene: number;
  readonly nth: number;
}

/** A branch that was taken. */
export interface Way {
  /** The frame it was taken at. */
  readonly from: number;
  /** Index of the scene it leads through. */
  readonly through: number;
  readonly plays: boolean;
}

export interface Direction {
  readonly frame: number;
  /** What lies open over the picture; the film waits meanwhile, and plays on afterwards where it played before. */
  readonly open: { readonly spot: Spot; readonly plays: boolean } | null;
  /** The latest last. */
  readonly ways: readonly Way[];
  /** Waited for once and put aside: the film does not wait for it again. */
  readonly aside: readonly string[];
}

export interface Film {
  readonly chapters: readonly Chapter[];
  /** Whether this can be done now: a form that the page lacks, or that was answered, cannot. */
  readonly offers: (interaction: Interaction) => boolean;
}

export type Moment =
  /** A frame was shown while the film plays. */
  | { readonly type: 'frame'; readonly frame: number }
  | { readonly type: 'ended' }
  /** The visitor went somewhere. */
  | { readonly type: 'seek'; readonly frame: number }
  /** The visitor pressed it. */
  | { readonly type: 'open'; readonly spot: Spot; readonly plays: boolean }
  /** What lies open is closed, done or not. */
  | { readonly type: 'close' }
  /** Here or on the page. */
  | { readonly type: 'answered'; readonly form: string }
  | { readonly type: 'back' };

export interface Directed {
  readonly state: Direction;
  /** Frame to go to. */
  readonly seek?: number;
  readonly play?: boolean;
}

export const opening: Direction = { frame: 0, open: null, ways: [], aside: [] };

/** Playing goes in small steps; a longer one was a jump, and a jump over a question does not ask it. */
const longestStep = 90;

export function direct(state: Direction, moment: Moment, film: Film): Directed {
  switch (moment.type) {
    case 'frame':
      return onFrame(state, moment.frame, film);
    case 'ended':
      return onFrame(state, totalOf(film), film);
    case 'seek': {
      const frame = clamp(moment.frame, film);
      const scene = indexAt(film.chapters, frame);
      // Who moves about inside of a branch is still in it.
      const ways = state.ways.at(-1)?.through === scene ? state.ways : [];
      return { state: { ...state, frame, open: null, ways }, seek: frame };
    }
    case 'open':
      return onOpen(state, moment.spot, moment.plays, film);
    case 'close':
      return state.open === null ? { state } : closed(state, state.open, film);
    case 'answered':
      return onAnswered(state, moment.form, film);
    case 'back':
      return cameBack(state);
  }
}

/** What can be pressed over this frame, in the order of the scene. */
export function shownAt(frame: number, film: Film): readonly (Spot & { readonly it: Interaction })[] {
  const scene = indexAt(film.chapters, frame);
  const chapter = film.chapters[scene];
  if (chapter === undefined) return [];
  return (chapter.interactions ?? []).flatMap((it, nth) => {
    const isShown = frame >= chapter.start + it.from && frame < chapter.start + it.until;
    return isShown && film.offers(it) ? [{ scene, nth, it }] : [];
  });
}

export function interactionAt({ scene, nth }: Spot, { chapters }: Film): Interaction | undefined {
  return chapters[scene]?.interactions?.[nth];
}

function onFrame(state: Direction, frame: number, film: Film): Directed {
  // A film that waits is not playing, whatever frame was still on its way.
  if (state.open !== null) return { state };
  const way = state.ways.at(-1);
  const end = way === undefined ? totalOf(film) : (film.chapters[way.through]?.end ?? 0);
  const gate = gateIn(state, Math.min(frame, end - 1), film);
  if (gate !== null)
    return {
      state: { ...state, frame: gate.frame, open: { spot: gate.spot, plays: true } },
      seek: gate.frame,
      play: false,
    };
  if (way !== undefined && frame >= end) return cameBack(state);
  return { state: frame === state.frame ? state : { ...state, frame: clamp(frame, film) } };
}

/** The first question whose last frame lies between the frame before and this one. */
function gateIn(state: Direction, frame: number, film: Film): { frame: number; spot: Spot } | null {
  const step = frame - state.frame;
  if (step <= 0 || step > longestStep) return null;
  for (let scene = indexAt(film.chapters, state.frame); scene < film.chapters.length; scene += 1) {
    const chapter = film.chapters[scene];
    if (chapter === undefined || chapter.start > frame) return null;
    const gates = (chapter.interactions ?? []).flatMap((it, nth) => {
      const spot = { scene, nth };
      const last = chapter.start + it.until - 1;
      const isPassed = last > state.frame && last <= frame;
      return waits(it) && isPassed && film.offers(it) && !state.aside.includes(nameOf(spot))
        ? [{ frame: last, spot }]
        : [];
    });
    const [first] = gates.sort((one, other) => one.frame - other.frame);
    if (first !== undefined) return first;
  }
  return null;
}

function onOpen(state: Direction, spot: Spot, plays: boolean, film: Film): Directed {
  const it = interactionAt(spot, film);
  if (it === undefined || it.kind === 'link') return { state };
  if (it.kind !== 'branch') return { state: { ...state, open: { spot, plays } }, play: false };
  const through = film.chapters.findIndex(({ id }) => id === it.scene);
  const start = film.chapters[through]?.start;
  if (start === undefined) return { state };
  const ways = [...state.ways, { from: state.frame, through, plays }];
  return { state: { ...state, frame: start, open: null, ways }, seek: start, play: true };
}

function onAnswered(state: Direction, form: string, film: Film): Directed {
  const it = state.open && interactionAt(state.open.spot, film);
  // Other forms show their thanks first; a choice shows what it did by going on.
  if (state.open === null || it?.kind !== 'choice' || it.form !== form) return { state };
  return closed(state, state.open, film);
}

function closed(state: Direction, { spot, plays }: NonNullable<Direction['open']>, film: Film): Directed {
  const name = nameOf(spot);
  const aside = state.aside.includes(name) ? state.aside : [...state.aside, name];
  // A question at the very end is followed by nothing: to play on would be to begin anew.
  const goesOn = plays && state.frame < totalOf(film) - 1;
  return { state: { ...state, open: null, aside }, ...(goesOn && { play: true }) };
}

function cameBack(state: Direction): Directed {
  const way = state.ways.at(-1);
  if (way === undefined) return { state };
  const { from, plays } = way;
  return {
    state: { ...state, frame: from, open: null, ways: state.ways.slice(0, -1) },
    seek: from,
    play: plays,
  };
}

function waits({ kind }: Interaction): boolean {
  return kind === 'form' || kind === 'choice' || kind === 'rating';
}

function nameOf({ scene, nth }: Spot): string {
  return `${scene}/${nth}`;
}

function totalOf({ chapters }: Film): number {
  return chapters.at(-1)?.end ?? 1;
}

function clamp(frame: number, film: Film): number {
  return Math.max(0, Math.min(totalOf(film) - 1, Math.round(frame)));
}
