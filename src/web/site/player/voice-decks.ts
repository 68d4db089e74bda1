// Enters: what is to be heard, and where in it the film is. Leaves: one voice in step with the picture, and the next one loaded.
// Never: a film that waits. A voice that comes late joins in, one that does not come leaves silence.

export interface Cue {
  /** What the scene says; null for silence. */
  readonly url: string | null;
  /** What will be heard after it. */
  readonly next: string | null;
  /** Of the scene. */
  readonly second: number;
  readonly playing: boolean;
  readonly rate: number;
}

export interface VoiceDecks {
  follow(cue: Cue): void;
  /** Of what was loaded so far; its last sample is that of the last word. */
  lengthOf(url: string): number | undefined;
  close(): void;
}

/** A frame, about: further apart than this, voice and picture are brought together again. */
const mostDriftSeconds = 0.035;
/** A jump is heard; after one the sound is given time to settle. */
const settlesMs = 250;
/** From asking for sound to hearing it, before it was measured, and what is believed of such a measurement. */
const usualLagSeconds = 0.03;
const mostLagSeconds = 0.15;

/** Two are enough: while one speaks, the other loads. The same two for the whole film, because some browsers ask for a click for each. */
export function openVoiceDecks(onRefused: () => void): VoiceDecks {
  const lengths = new Map<string, number>();
  const decks = [openDeck(), openDeck()];
  /** Sound begins late, by about as much each time: it is asked for further on by that. */
  let lag = usualLagSeconds;
  let settledAt = 0;

  function openDeck() {
    const audio = new Audio();
    audio.preload = 'auto';
    const deck = { audio, url: null as string | null };
    audio.addEventListener('loadedmetadata', () => {
      if (deck.url !== null) lengths.set(deck.url, audio.duration);
      // Where it will most likely be started: then it need not be sought first.
      audio.currentTime = lag;
    });
    return deck;
  }

  type Deck = (typeof decks)[number];

  function load(deck: Deck, url: string): void {
    if (deck.url === url) return;
    deck.url = url;
    deck.audio.src = url;
  }

  function place(audio: HTMLAudioElement, second: number): void {
    settledAt = performance.now() + settlesMs;
    if (Math.abs(audio.currentTime - second) > 0.01) audio.currentTime = second;
  }

  function play({ audio }: Deck, { second, rate }: Cue): void {
    place(audio, second + lag * rate);
    audio.playbackRate = rate;
    audio.play().catch((fault: unknown) => {
      if (fault instanceof DOMException && fault.name === 'NotAllowedError') onRefused();
    });
  }

  function keepInStep({ audio }: Deck, { second, rate }: Cue): void {
    audio.playbackRate = rate;
    if (audio.seeking || performance.now() < settledAt) return;
    const drift = (audio.currentTime - second) / rate;
    if (Math.abs(drift) < mostDriftSeconds) return;
    lag = Math.max(0, Math.min(mostLagSeconds, lag - drift / 2));
    place(audio, second + lag * rate);
  }

  return {
    follow(cue) {
      const { url, next, second, playing } = cue;
      const deck = decks.find((it) => it.url === url) ?? decks.find((it) => it.url !== next) ?? decks[0];
      for (const other of decks) if (other !== deck || url === null) other.audio.pause();
      if (deck === undefined || url === null) return;
      load(deck, url);
      const spare = decks.find((it) => it !== deck);
      if (spare && next !== null && next !== url) load(spare, next);
      const { audio } = deck;
      const isOver = second >= (lengths.get(url) ?? Number.POSITIVE_INFINITY);
      if (!playing || isOver) return audio.pause();
      // From here on it does not run dry.
      if (audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return;
      if (audio.paused) play(deck, cue);
      else keepInStep(deck, cue);
    },
    lengthOf: (url) => lengths.get(url),
    close() {
      for (const { audio } of decks) {
        audio.pause();
        audio.removeAttribute('src');
        audio.load();
      }
    },
  };
}
