import '../stage/fonts.css';
import './emoji.css';
import './player/player.css';
import './player/controls.css';
import './player/film-links.css';
import './player/transcript.css';
import { DearlyVideo } from './player/dearly-video.ts';

customElements.define('dearly-video', DearlyVideo);
