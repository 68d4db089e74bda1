import { DearlyConsent } from './dearly-consent.ts';

customElements.define('dearly-consent', DearlyConsent);
