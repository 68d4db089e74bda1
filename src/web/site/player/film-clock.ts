/**
 * Where a playing film is between the frames that are told. They are told once they are drawn: late on a busy machine, never
 * early. So the earliest of them tell the time, and a late one does not make the sound jump.
 */
export interface FilmClock {
  /** The film's second now, when it has just told this one. @param now seconds of any clock that runs evenly */
  at(told: number, rate: number, now: number): number;
  /** It was paused: its time begins anew. */
  stop(): void;
}

/** Later than this it is elsewhere. */
const mostLateSeconds = 0.4;
/** Forgets slowly, should the film have lost time in earnest. */
const forgetSeconds = 0.0003;

export function openFilmClock(): FilmClock {
  let begun: { readonly offset: number; readonly rate: number } | null = null;
  return {
    at(told, rate, now) {
      const offset = told - now * rate;
      const late = begun === null || begun.rate !== rate ? Number.POSITIVE_INFINITY : begun.offset - offset;
      const isElsewhere = Math.abs(late) > mostLateSeconds;
      begun = { offset: isElsewhere ? offset : Math.max(offset, offset + late - forgetSeconds), rate };
      return begun.offset + now * rate;
    },
    stop() {
      begun = null;
    },
  };
}
