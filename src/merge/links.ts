/** The addresses a message may hold, signed and ready; made by `track/`, handed to merge as a value. */
export interface Links {
  readonly site: string;
  /** MP4, made at the first request. */
  readonly video: string;
  /** The film's words in WebVTT. */
  readonly captions: string;
  /** JPEG with a play button. */
  readonly poster: string;
  /** The same for a phone that is held upright; null where the film has no such cut. */
  readonly posterUpright: string | null;
  /** GIF that begins with the poster, 1 MB at most. */
  readonly teaser: string;
  /** The pack's own pictures by name: JPEG. */
  readonly pictures: Readonly<Record<string, string>>;
  /** The page as a document, made at the first request. */
  readonly pdf: string;
  /** Page (GET) and one-click target (POST, RFC 8058). */
  readonly unsubscribe: string;
  /** Asks (GET) and opens (POST) what the pack confirms; null where it confirms nothing. */
  readonly confirm: string | null;
  /** Pixel; null without consent to be counted. */
  readonly open: string | null;
  /** Where the page sends events and answers. */
  readonly answer: string;
  /** Named targets: counted redirects with consent, the plain addresses without. */
  readonly to: Readonly<Record<string, string>>;
}
