import { theme } from '../../../../templates/theme.ts';

const { type, space, radius, font, motion } = theme;
const { night, onNight, onNightSoft, glow, onAccent, accentSoft, line } = theme.colors.dark;
const step = (of: { size: number; line: number; tracking: number }) =>
  `font-size:${of.size / 16}rem;line-height:${(of.line / of.size).toFixed(3)};letter-spacing:${of.tracking}em`;

/**
 * The night sky of masthead and film, by day and by night: these pages are short, and should be known at a glance. One
 * string, so that its hash can stand in the Content-Security-Policy.
 */
export const pageCss = `
:root{color-scheme:dark}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;min-height:100dvh;padding:${space.wide}px;display:flex;flex-direction:column;color:${onNight};background:${night} radial-gradient(90% 60% at 95% 105%,${accentSoft},transparent 70%) no-repeat;font-family:${font.stack};font-weight:${font.weight.text};${step(type.text)};-webkit-text-size-adjust:100%}
header{display:flex;align-items:center;gap:10px;font-weight:${font.weight.strong};font-size:1.125rem;letter-spacing:-.012em}
svg{width:28px;height:28px;fill:${glow}}
.rise{fill:none;stroke:${glow};stroke-width:2.6;stroke-linecap:round}
main{width:100%;max-width:36rem;margin:${space.sky}px auto auto}
.eyebrow{color:${glow};font-weight:${font.weight.medium};margin-bottom:${space.tight}px}
h1{font-weight:${font.weight.strong};${step(type.headline)};text-wrap:balance;overflow-wrap:break-word}
.lead{color:${onNightSoft};${step(type.lead)};margin-top:${space.base}px;text-wrap:pretty}
form,progress,.more,.note{margin-top:${space.wide}px}
label{display:flex;gap:${space.small}px;margin-bottom:${space.wide}px;padding:${space.base}px;border:1px solid ${line};border-radius:${radius.medium}px;cursor:pointer}
label:hover,label:has(:checked){border-color:${glow}}
input[type=checkbox]{appearance:none;flex:none;display:grid;place-items:center;width:24px;height:24px;margin-top:1px;border:2px solid ${onNightSoft};border-radius:${radius.small}px}
input:checked{background:${glow};border-color:${glow}}
input:checked::before{content:"";width:12px;height:6px;margin-top:-4px;border:solid ${onAccent};border-width:0 0 3px 3px;rotate:-45deg}
.answer{display:block;width:100%;font:inherit;font-size:1.375rem;letter-spacing:.04em;color:${onNight};background:transparent;border:2px solid ${onNightSoft};border-radius:${radius.medium}px;padding:${space.small}px ${space.base}px;min-height:56px;margin-bottom:${space.loose}px}
.answer:focus-visible{border-color:transparent;outline-offset:-2px;border-radius:${radius.medium}px}
.wrong{margin-bottom:${space.base}px;font-weight:${font.weight.medium};border-inline-start:3px solid ${glow};padding-inline-start:${space.small}px}
.note{color:${onNightSoft}}
button{font:inherit;font-weight:${font.weight.strong};color:${onAccent};background:${glow};border:0;border-radius:${radius.pill}px;padding:${space.small}px ${space.loose}px;min-height:52px;width:100%;cursor:pointer;transition:filter ${motion.quickMs}ms}
button:hover{filter:brightness(1.1)}
a{color:${glow};font-weight:${font.weight.medium};text-underline-offset:.25em;text-decoration-thickness:1px}
:focus-visible{outline:3px solid ${glow};outline-offset:4px;border-radius:${radius.small}px}
button:focus-visible{border-radius:${radius.pill}px}
progress{display:block;appearance:none;width:100%;height:8px;border:0;border-radius:${radius.pill}px;overflow:hidden;background:${accentSoft};color:${glow}}
progress::-webkit-progress-bar{background:${accentSoft}}
progress::-webkit-progress-value{background:${glow};border-radius:${radius.pill}px}
progress::-moz-progress-bar{background:${glow}}
@media(min-width:40rem){body{padding:${space.loose}px}main{margin-block:auto;padding-bottom:${space.sky}px}button{width:auto}}
`;
