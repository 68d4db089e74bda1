import './player.css';
import './controls/controls.css';
import './controls/chapter-list.css';
import './controls/seek-bar.css';
import './overlay/pills.css';
import './overlay/sheet.css';
import './transcript.css';
import { DearlyVideo } from './dearly-video.ts';

customElements.define('dearly-video', DearlyVideo);
