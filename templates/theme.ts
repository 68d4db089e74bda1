// Enters: nothing. Leaves: theme, the house style of Nordlicht Energie as plain data. Never: CSS, or code.
// Email, page, video and PDF all read it, so it must load in a browser as it does in Node.

/** Every pair that carries text has a contrast of 4.5 or more (WCAG 2.2 AA); test/templates/theme.test.ts counts it. */
export interface Palette {
  /** Behind everything. */
  readonly paper: string;
  /** Raised areas on the paper. */
  readonly card: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  /** The one accent: links, buttons, this year. Text on paper and card. */
  readonly accent: string;
  readonly onAccent: string;
  /** A tint to lay under ink. */
  readonly accentSoft: string;
  /** Last year: shapes only, never text. */
  readonly muted: string;
  /** The night sky: mastheads and video. */
  readonly night: string;
  readonly onNight: string;
  readonly onNightSoft: string;
  /** The accent where it stands on the night sky. */
  readonly glow: string;
}

const night = { night: '#0E1B33', onNight: '#F6F3EC', onNightSoft: '#AAB7CC', glow: '#5EE2BC' };

const light: Palette = {
  paper: '#F6F4EE',
  card: '#FFFFFF',
  ink: '#101D33',
  inkSoft: '#4C586D',
  line: '#E2DFD6',
  accent: '#08705E',
  onAccent: '#FFFFFF',
  accentSoft: '#DDF1EA',
  muted: '#C2CAD6',
  ...night,
};

const dark: Palette = {
  paper: '#0A1221',
  card: '#121E34',
  ink: '#F1F3F7',
  inkSoft: '#AAB7CC',
  line: '#26354F',
  accent: '#5EE2BC',
  onAccent: '#06261E',
  accentSoft: '#133A37',
  muted: '#46556F',
  ...night,
};

export const theme = {
  brand: 'Nordlicht Energie',
  colors: { light, dark },
  font: {
    family: 'Hanken Grotesk Variable',
    /** Where the family is loaded (page, video). Scripts it lacks fall through to Noto. */
    stack:
      "'Hanken Grotesk Variable', 'Noto Sans Arabic Variable', 'Noto Sans Hebrew Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif",
    /** On the page, whose own face never comes late (docs/adr/0102): what it lacks is the reader's own. */
    page: "'Hanken Grotesk Page', system-ui, -apple-system, 'Segoe UI', Roboto, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif",
    /** Mail programs load no fonts worth relying on. */
    email: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    weight: { text: 400, medium: 550, strong: 680 },
  },
  /** Pixels on a phone or page at 1×; video multiplies by its own factor. `tracking` in em. */
  type: {
    caption: { size: 13, line: 20, tracking: 0.01 },
    text: { size: 16, line: 25, tracking: 0 },
    lead: { size: 19, line: 29, tracking: -0.005 },
    title: { size: 25, line: 31, tracking: -0.015 },
    headline: { size: 36, line: 41, tracking: -0.022 },
    figure: { size: 60, line: 62, tracking: -0.035 },
  },
  /** Pixels, each step half as large again or double. */
  space: { hair: 4, tight: 8, small: 12, base: 16, wide: 24, loose: 40, vast: 64, sky: 96 },
  /** Pixels. */
  radius: { small: 6, medium: 12, large: 20, pill: 999 },
  motion: {
    /** Cubic Bézier: quick to start, long to settle. */
    ease: [0.16, 1, 0.3, 1],
    quickMs: 240,
    calmMs: 700,
    /** Between neighbours that appear one after another. */
    stepMs: 70,
  },
} as const satisfies Theme;

export interface TypeStep {
  readonly size: number;
  readonly line: number;
  readonly tracking: number;
}

export interface Theme {
  readonly brand: string;
  readonly colors: { readonly light: Palette; readonly dark: Palette };
  readonly font: {
    readonly family: string;
    readonly stack: string;
    readonly page: string;
    readonly email: string;
    readonly weight: Readonly<Record<'text' | 'medium' | 'strong', number>>;
  };
  readonly type: Readonly<Record<'caption' | 'text' | 'lead' | 'title' | 'headline' | 'figure', TypeStep>>;
  readonly space: Readonly<
    Record<'hair' | 'tight' | 'small' | 'base' | 'wide' | 'loose' | 'vast' | 'sky', number>
  >;
  readonly radius: Readonly<Record<'small' | 'medium' | 'large' | 'pill', number>>;
  readonly motion: {
    readonly ease: readonly [number, number, number, number];
    readonly quickMs: number;
    readonly calmMs: number;
    readonly stepMs: number;
  };
}
