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
  readonly sound: string;
  readonly voice: string;
  readonly speed: string;
  readonly chapters: string;
  readonly keys: string;
  readonly close: string;
  /** Puts a question aside. */
  readonly later: string;
  /** Closes what lies over the picture; the film plays on. */
  readonly goOn: string;
  /** With `{chapter}`. */
  readonly backTo: string;
  /** Before what can be done in a scene, where the film is read. */
  readonly offered: string;
  /** While the file is being made. */
  readonly making: string;
  readonly keyPlay: string;
  readonly keySeek: string;
  readonly keyChapter: string;
  readonly keyBack: string;
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
    sound: 'Ton',
    voice: 'Stimme',
    speed: 'Tempo',
    chapters: 'Kapitel',
    keys: 'Tasten',
    close: 'Schließen',
    later: 'Später',
    goOn: 'Weiter',
    backTo: 'Zurück zu „{chapter}“',
    offered: 'Im Film dazu:',
    making: 'Dein Film wird gerade gemacht …',
    keyPlay: 'Abspielen und anhalten',
    keySeek: 'Zwei Sekunden zurück und vor',
    keyChapter: 'Kapitel zurück und vor',
    keyBack: 'Zurück, nach einem Abstecher',
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
    sound: 'Sound',
    voice: 'Voice',
    speed: 'Speed',
    chapters: 'Chapters',
    keys: 'Keys',
    close: 'Close',
    later: 'Not now',
    goOn: 'Go on',
    backTo: 'Back to “{chapter}”',
    offered: 'In the film:',
    making: 'Your film is being made …',
    keyPlay: 'Play and pause',
    keySeek: 'Two seconds back and on',
    keyChapter: 'Chapter back and on',
    keyBack: 'Back after a detour',
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
    sound: 'Audio',
    voice: 'Voce',
    speed: 'Velocità',
    chapters: 'Capitoli',
    keys: 'Tasti',
    close: 'Chiudi',
    later: 'Più tardi',
    goOn: 'Continua',
    backTo: 'Torna a «{chapter}»',
    offered: 'Nel filmato:',
    making: 'Il tuo filmato è in preparazione …',
    keyPlay: 'Riproduci e metti in pausa',
    keySeek: 'Due secondi indietro e avanti',
    keyChapter: 'Capitolo indietro e avanti',
    keyBack: 'Torna dopo una deviazione',
  },
};

/** The page may word any of them in its own way. */
export function wordsFor(lang: string, own: Partial<Words> = {}): Words {
  const base = table[lang.split('-', 1)[0] ?? ''] ?? table.en;
  return { ...(base as Words), ...own };
}
