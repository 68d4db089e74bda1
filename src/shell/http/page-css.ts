import { type Palette, theme } from '../../../templates/theme.ts';

const { type, space, radius, font } = theme;
const step = (of: { size: number; line: number; tracking: number }) =>
  `font-size:${of.size / 16}rem;line-height:${(of.line / of.size).toFixed(3)};letter-spacing:${of.tracking}em`;
const colors = (it: Palette) =>
  `--paper:${it.paper};--card:${it.card};--ink:${it.ink};--soft:${it.inkSoft};--line:${it.line};--accent:${it.accent};--on:${it.onAccent};--tint:${it.accentSoft}`;

/** One string, so that its hash can stand in the CSP. */
export const pageCss = `
:root{color-scheme:light dark;${colors(theme.colors.light)}}
@media(prefers-color-scheme:dark){:root{${colors(theme.colors.dark)}}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);font-family:${font.stack};font-weight:${font.weight.text};${step(type.text)};-webkit-text-size-adjust:100%;padding:${space.wide}px}
header{display:flex;align-items:center;gap:${space.small}px;font-weight:${font.weight.strong};${step(type.text)}}
.sign{width:28px;height:28px;border-radius:${radius.pill}px;background:linear-gradient(150deg,${theme.colors.light.glow},${theme.colors.light.accent} 55%,${theme.colors.light.night})}
main{width:100%;max-width:34rem;margin:auto;padding:${space.loose}px ${space.wide}px;background:var(--card);border:1px solid var(--line);border-radius:${radius.large}px}
h1{font-weight:${font.weight.strong};${step(type.title)};text-wrap:balance;margin-bottom:${space.small}px}
.eyebrow{color:var(--accent);font-weight:${font.weight.medium};${step(type.caption)};margin-bottom:${space.tight}px}
main>p{color:var(--soft);text-wrap:pretty;overflow-wrap:anywhere}
main>.eyebrow{color:var(--accent)}
form{margin-top:${space.wide}px}
button{font:inherit;font-weight:${font.weight.strong};color:var(--on);background:var(--accent);border:0;border-radius:${radius.pill}px;padding:${space.small}px ${space.wide}px;min-height:48px;width:100%;cursor:pointer}
button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.more{margin-top:${space.base}px}
a{color:var(--accent);font-weight:${font.weight.medium};text-underline-offset:.2em}
progress{appearance:none;width:100%;height:8px;margin-top:${space.wide}px;border:0;border-radius:${radius.pill}px;overflow:hidden;background:var(--tint);color:var(--accent)}
progress::-webkit-progress-bar{background:var(--tint)}
progress::-webkit-progress-value{background:var(--accent);border-radius:${radius.pill}px}
progress::-moz-progress-bar{background:var(--accent)}
@media(min-width:40rem){body{padding:${space.loose}px}main{padding:${space.loose}px ${space.loose}px ${space.vast - space.wide}px}h1{${step(type.headline)}}button{width:auto;min-width:14rem}}
`;
