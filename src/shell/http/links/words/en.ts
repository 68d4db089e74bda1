import type { Words } from './de.ts';

export const en: Words = {
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
};
