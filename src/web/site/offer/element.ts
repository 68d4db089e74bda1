import { DearlyOffer } from './dearly-offer.ts';

customElements.define('dearly-offer', DearlyOffer);
