import { DearlyChat } from './dearly-chat.ts';

customElements.define('dearly-chat', DearlyChat);
