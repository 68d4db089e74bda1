import './player.css';
import './controls.css';
import './film-links.css';
import './transcript.css';
import { DearlyVideo } from './dearly-video.ts';

customElements.define('dearly-video', DearlyVideo);
