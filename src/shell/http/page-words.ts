/** What the small pages say. A language that is missing here falls back to the first. */
const words = {
  de: {
    missing: {
      title: 'Diese Seite gibt es nicht',
      text: 'Der Link ist unvollständig oder gilt nicht. Öffnen Sie ihn am besten noch einmal direkt aus Ihrer E-Mail.',
    },
    over: {
      title: 'Dieser Link ist abgelaufen',
      text: 'Persönliche Seiten halten wir nur eine begrenzte Zeit bereit. In Ihrer neuesten E-Mail finden Sie den aktuellen Link.',
    },
    broken: {
      title: 'Das hat gerade nicht geklappt',
      text: 'Der Fehler liegt bei uns. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    },
    busy: {
      title: 'Einen Moment bitte',
      text: 'Das waren viele Anfragen auf einmal. Versuchen Sie es gleich noch einmal.',
    },
    invalid: {
      title: 'Das konnten wir nicht lesen',
      text: 'Bitte gehen Sie zurück, wählen Sie eine Antwort und schreiben Sie höchstens 1000 Zeichen dazu.',
    },
    unsubscribe: {
      eyebrow: 'Abmelden',
      service: {
        title: 'Keine Nachrichten zu Ihrem Vertrag mehr per E-Mail?',
        text: 'Ein Klick genügt. Andere Nachrichten, die Sie bestellt haben, bekommen Sie weiterhin.',
      },
      marketing: {
        title: 'Keine Angebote mehr per E-Mail?',
        text: 'Ein Klick genügt. Nachrichten zu Ihrem Vertrag bekommen Sie weiterhin.',
      },
      tracking: {
        title: 'Nicht mehr mitzählen?',
        text: 'Ein Klick genügt. Wir zählen dann nicht mehr, ob Sie unsere Nachrichten öffnen.',
      },
      button: 'Abmelden',
    },
    unsubscribed: {
      title: 'Sie sind abgemeldet',
      text: 'Wir schreiben Ihnen dazu nicht mehr. Bereits gestartete Sendungen halten wir an.',
    },
    thanks: {
      title: 'Danke für Ihre Antwort',
      text: 'Wir lesen jede einzelne und machen es beim nächsten Mal besser.',
    },
    back: 'Zurück zu Ihrer Seite',
    video: {
      title: 'Ihr Video wird gezeichnet',
      text: 'Das dauert meist unter einer Minute. Diese Seite lädt sich von selbst neu.',
    },
    videoFailed: {
      title: 'Das Video ließ sich nicht herstellen',
      text: 'Auf Ihrer persönlichen Seite können Sie es trotzdem ansehen.',
    },
  },
  en: {
    missing: {
      title: 'There is no such page',
      text: 'The link is incomplete or not valid. Please open it once more, straight from your email.',
    },
    over: {
      title: 'This link has expired',
      text: 'We keep personal pages for a limited time only. Your latest email has the current link.',
    },
    broken: {
      title: 'That did not work just now',
      text: 'The fault is ours. Please try again in a few minutes.',
    },
    busy: {
      title: 'One moment, please',
      text: 'That was a lot of requests at once. Please try again shortly.',
    },
    invalid: {
      title: 'We could not read that',
      text: 'Please go back, choose an answer and write no more than 1000 characters.',
    },
    unsubscribe: {
      eyebrow: 'Unsubscribe',
      service: {
        title: 'No more messages about your contract by email?',
        text: 'One click is enough. Other messages that you asked for will still reach you.',
      },
      marketing: {
        title: 'No more offers by email?',
        text: 'One click is enough. Messages about your contract will still reach you.',
      },
      tracking: {
        title: 'Stop counting?',
        text: 'One click is enough. We will no longer count whether you open our messages.',
      },
      button: 'Unsubscribe',
    },
    unsubscribed: {
      title: 'You are unsubscribed',
      text: 'We will not write to you about this again. Messages already under way are stopped.',
    },
    thanks: { title: 'Thank you for your answer', text: 'We read every one, and do better next time.' },
    back: 'Back to your page',
    video: {
      title: 'Your video is being drawn',
      text: 'It usually takes less than a minute. This page reloads by itself.',
    },
    videoFailed: {
      title: 'The video could not be made',
      text: 'You can still watch it on your personal page.',
    },
  },
  it: {
    missing: {
      title: 'Questa pagina non esiste',
      text: 'Il link è incompleto o non è valido. Lo apra di nuovo direttamente dalla Sua e-mail.',
    },
    over: {
      title: 'Questo link è scaduto',
      text: 'Conserviamo le pagine personali solo per un periodo limitato. Nella Sua e-mail più recente trova il link attuale.',
    },
    broken: { title: 'Qualcosa non ha funzionato', text: 'L’errore è nostro. Riprovi tra qualche minuto.' },
    busy: {
      title: 'Un momento, per favore',
      text: 'Sono arrivate troppe richieste insieme. Riprovi tra poco.',
    },
    invalid: {
      title: 'Non siamo riusciti a leggerlo',
      text: 'Torni indietro, scelga una risposta e scriva al massimo 1000 caratteri.',
    },
    unsubscribe: {
      eyebrow: 'Disiscrizione',
      service: {
        title: 'Niente più messaggi sul Suo contratto via e-mail?',
        text: 'Basta un clic. Continuerà a ricevere gli altri messaggi che ha richiesto.',
      },
      marketing: {
        title: 'Niente più offerte via e-mail?',
        text: 'Basta un clic. Continuerà a ricevere i messaggi sul Suo contratto.',
      },
      tracking: {
        title: 'Non contare più?',
        text: 'Basta un clic. Non conteremo più se apre i nostri messaggi.',
      },
      button: 'Annulla l’iscrizione',
    },
    unsubscribed: {
      title: 'La Sua iscrizione è annullata',
      text: 'Non Le scriveremo più su questo argomento. Gli invii già avviati vengono fermati.',
    },
    thanks: {
      title: 'Grazie per la Sua risposta',
      text: 'Le leggiamo tutte e la prossima volta faremo meglio.',
    },
    back: 'Torna alla Sua pagina',
    video: {
      title: 'Stiamo disegnando il Suo video',
      text: 'Di solito basta meno di un minuto. Questa pagina si ricarica da sola.',
    },
    videoFailed: {
      title: 'Non è stato possibile creare il video',
      text: 'Può comunque guardarlo sulla Sua pagina personale.',
    },
  },
} as const;

export type Words = (typeof words)[keyof typeof words];

/** @param lang BCP 47, or an Accept-Language header: the first language we speak wins. */
export function wordsFor(lang: string | undefined): { readonly lang: string; readonly words: Words } {
  for (const tag of (lang ?? '').toLowerCase().split(',')) {
    const base = tag.trim().split(/[-;]/, 1)[0] ?? '';
    if (isSpoken(base)) return { lang: base, words: words[base] };
  }
  return { lang: 'de', words: words.de };
}

function isSpoken(lang: string): lang is keyof typeof words {
  return Object.hasOwn(words, lang);
}
