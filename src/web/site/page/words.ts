/** What the player's controls say; the film's own words come with the storyboard. */
export interface Words {
  readonly play: string;
  readonly pause: string;
  readonly replay: string;
  readonly position: string;
  readonly captions: string;
  readonly fullscreen: string;
  readonly previous: string;
  readonly next: string;
  readonly transcript: string;
  readonly film: string;
  readonly download: string;
}

const table: Readonly<Record<string, Words>> = {
  de: {
    play: 'Abspielen',
    pause: 'Pause',
    replay: 'Noch einmal',
    position: 'Stelle im Film',
    captions: 'Untertitel',
    fullscreen: 'Vollbild',
    previous: 'Zurück',
    next: 'Weiter',
    transcript: 'Film zum Lesen',
    film: 'Film',
    download: 'Film als MP4 ansehen',
  },
  en: {
    play: 'Play',
    pause: 'Pause',
    replay: 'Play again',
    position: 'Position in the film',
    captions: 'Captions',
    fullscreen: 'Full screen',
    previous: 'Back',
    next: 'Next',
    transcript: 'Read the film',
    film: 'Film',
    download: 'Watch the film as MP4',
  },
  it: {
    play: 'Riproduci',
    pause: 'Pausa',
    replay: 'Rivedi',
    position: 'Punto del filmato',
    captions: 'Sottotitoli',
    fullscreen: 'Schermo intero',
    previous: 'Indietro',
    next: 'Avanti',
    transcript: 'Leggi il filmato',
    film: 'Filmato',
    download: 'Guarda il filmato in MP4',
  },
};

/** The page may word any of them in its own way. */
export function wordsFor(lang: string, own: Partial<Words> = {}): Words {
  const base = table[lang.split('-', 1)[0] ?? ''] ?? table.en;
  return { ...(base as Words), ...own };
}
