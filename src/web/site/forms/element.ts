import { DearlyForm, DearlySurvey } from './dearly-form.ts';

customElements.define('dearly-form', DearlyForm);
customElements.define('dearly-survey', DearlySurvey);
