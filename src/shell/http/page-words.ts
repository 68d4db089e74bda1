/** What the small pages say. A language that is missing here falls back to the first. */
const words = {
  de: {
    missing: {
      title: 'Diese Seite gibt es nicht',
      text: 'Der Link ist unvollständig oder gilt nicht. Öffne ihn am besten noch einmal direkt aus deiner E-Mail.',
    },
    over: {
      title: 'Dieser Link ist abgelaufen',
      text: 'Persönliche Seiten halten wir nur eine begrenzte Zeit bereit. In deiner neuesten E-Mail findest du den aktuellen Link.',
    },
    broken: {
      title: 'Das hat gerade nicht geklappt',
      text: 'Der Fehler liegt bei uns. Bitte versuch es in ein paar Minuten noch einmal.',
    },
    busy: {
      title: 'Einen Moment bitte',
      text: 'Das waren viele Anfragen auf einmal. Versuch es gleich noch einmal.',
    },
    invalid: {
      title: 'Das konnten wir nicht lesen',
      text: 'Bitte geh zurück, lade die Seite neu und versuch es noch einmal.',
    },
    unsubscribe: {
      eyebrow: 'Abmelden',
      service: {
        title: 'Keine Nachrichten zu deinem Vertrag mehr per E-Mail?',
        text: 'Ein Klick genügt. Andere Nachrichten, die du bestellt hast, bekommst du weiterhin.',
      },
      marketing: {
        title: 'Keine Angebote mehr per E-Mail?',
        text: 'Ein Klick genügt. Nachrichten zu deinem Vertrag bekommst du weiterhin.',
      },
      tracking: {
        title: 'Nicht mehr mitzählen?',
        text: 'Ein Klick genügt. Wir zählen dann nicht mehr, ob du unsere Nachrichten öffnest.',
      },
      button: 'Abmelden',
    },
    unsubscribed: {
      title: 'Du bist abgemeldet',
      text: 'Dazu schreiben wir dir nicht mehr.',
    },
    confirm: {
      eyebrow: 'Anmeldung bestätigen',
      title: 'Willst du von uns hören?',
      button: 'Ja, gern',
      note: 'Du hast dich nicht angemeldet? Dann schließ diese Seite einfach. Ohne deinen Klick passiert nichts.',
      done: {
        eyebrow: 'Bestätigt',
        title: 'Danke, du bist dabei',
        text: 'Wir haben dein Ja notiert. Abmelden kannst du dich jederzeit mit dem Link in jeder E-Mail.',
      },
      outdated: {
        title: 'Dieser Link gilt nicht mehr',
        text: 'Du hast dich seitdem abgemeldet, oder deine E-Mail-Adresse hat sich geändert. Wenn du wieder von uns hören willst, melde dich neu an.',
      },
    },
    gate: {
      locked: {
        title: 'Jetzt erst einmal eine Pause',
        text: 'Das waren mehrere Antworten, die nicht passen. Versuch es in einer Viertelstunde wieder, nach weiteren Fehlversuchen etwas später.',
      },
      closed: {
        title: 'Diese Seite ist geschlossen',
        text: 'Zu oft hat die Antwort nicht gepasst. Melde dich bei uns, dann öffnen wir sie wieder für dich.',
      },
    },
    thanks: {
      title: 'Danke für deine Antwort',
      text: 'Wir lesen jede einzelne und machen es beim nächsten Mal besser.',
    },
    back: 'Zurück zu deiner Seite',
    pdf: {
      title: 'Dein Dokument entsteht',
      text: 'Das dauert nur einen Moment. Diese Seite lädt sich von selbst neu.',
    },
    video: {
      title: 'Dein Film wird gezeichnet',
      text: 'Das dauert meist unter einer Minute. Diese Seite lädt sich von selbst neu.',
    },
    videoFailed: {
      title: 'Der Film ließ sich nicht herstellen',
      text: 'Auf deiner persönlichen Seite kannst du ihn trotzdem ansehen.',
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
      text: 'Please go back, load the page again and try once more.',
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
      text: 'We will not write to you about this again.',
    },
    confirm: {
      eyebrow: 'Confirm your sign-up',
      title: 'Would you like to hear from us?',
      button: 'Yes, please',
      note: 'Did not sign up? Just close this page. Nothing happens unless you press the button.',
      done: {
        eyebrow: 'Confirmed',
        title: 'Thank you, you are in',
        text: 'We have noted your yes. You can unsubscribe at any time with the link in every email.',
      },
      outdated: {
        title: 'This link no longer counts',
        text: 'You have unsubscribed since, or your email address has changed. If you would like to hear from us again, please sign up anew.',
      },
    },
    gate: {
      locked: {
        title: 'Time for a short break',
        text: 'Several answers did not fit. Please try again in a quarter of an hour, and a little later after further wrong ones.',
      },
      closed: {
        title: 'This page is closed',
        text: 'The answer did not fit too many times. Get in touch with us, and we will open it for you again.',
      },
    },
    thanks: { title: 'Thank you for your answer', text: 'We read every one, and do better next time.' },
    back: 'Back to your page',
    pdf: {
      title: 'Your document is being made',
      text: 'It takes only a moment. This page reloads by itself.',
    },
    video: {
      title: 'Your film is being drawn',
      text: 'It usually takes less than a minute. This page reloads by itself.',
    },
    videoFailed: {
      title: 'The film could not be made',
      text: 'You can still watch it on your personal page.',
    },
  },
  it: {
    missing: {
      title: 'Questa pagina non esiste',
      text: 'Il link è incompleto o non è valido. Aprilo di nuovo direttamente dalla tua e-mail.',
    },
    over: {
      title: 'Questo link è scaduto',
      text: 'Conserviamo le pagine personali solo per un periodo limitato. Nella tua e-mail più recente trovi il link attuale.',
    },
    broken: { title: 'Qualcosa non ha funzionato', text: 'L’errore è nostro. Riprova tra qualche minuto.' },
    busy: {
      title: 'Un momento, per favore',
      text: 'Sono arrivate troppe richieste insieme. Riprova tra poco.',
    },
    invalid: {
      title: 'Non siamo riusciti a leggerlo',
      text: 'Torna indietro, ricarica la pagina e riprova.',
    },
    unsubscribe: {
      eyebrow: 'Disiscrizione',
      service: {
        title: 'Niente più messaggi sul tuo contratto via e-mail?',
        text: 'Basta un clic. Continuerai a ricevere gli altri messaggi che hai richiesto.',
      },
      marketing: {
        title: 'Niente più offerte via e-mail?',
        text: 'Basta un clic. Continuerai a ricevere i messaggi sul tuo contratto.',
      },
      tracking: {
        title: 'Non contare più?',
        text: 'Basta un clic. Non conteremo più se apri i nostri messaggi.',
      },
      button: 'Annulla l’iscrizione',
    },
    unsubscribed: {
      title: 'La tua iscrizione è annullata',
      text: 'Non ti scriveremo più su questo argomento.',
    },
    confirm: {
      eyebrow: 'Conferma l’iscrizione',
      title: 'Vuoi ricevere nostre notizie?',
      button: 'Sì, volentieri',
      note: 'Non hai chiesto tu l’iscrizione? Chiudi semplicemente questa pagina. Senza il tuo clic non succede nulla.',
      done: {
        eyebrow: 'Confermato',
        title: 'Grazie, ci sei anche tu',
        text: 'Abbiamo annotato il tuo sì. Puoi annullare l’iscrizione in qualsiasi momento con il link in ogni e-mail.',
      },
      outdated: {
        title: 'Questo link non vale più',
        text: 'Nel frattempo hai annullato l’iscrizione oppure il tuo indirizzo e-mail è cambiato. Se vuoi di nuovo nostre notizie, iscriviti ancora.',
      },
    },
    gate: {
      locked: {
        title: 'Adesso una piccola pausa',
        text: 'Diverse risposte non corrispondevano. Riprova tra un quarto d’ora; dopo altri errori, un po’ più tardi.',
      },
      closed: {
        title: 'Questa pagina è chiusa',
        text: 'Troppe risposte non corrispondevano. Scrivici e la riapriremo per te.',
      },
    },
    thanks: {
      title: 'Grazie per la tua risposta',
      text: 'Le leggiamo tutte e la prossima volta faremo meglio.',
    },
    back: 'Torna alla tua pagina',
    pdf: {
      title: 'Stiamo preparando il tuo documento',
      text: 'Basta un attimo. Questa pagina si ricarica da sola.',
    },
    video: {
      title: 'Stiamo disegnando il tuo film',
      text: 'Di solito basta meno di un minuto. Questa pagina si ricarica da sola.',
    },
    videoFailed: {
      title: 'Non è stato possibile creare il film',
      text: 'Puoi comunque guardarlo sulla tua pagina personale.',
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
