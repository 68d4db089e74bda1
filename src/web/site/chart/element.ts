import { DearlyChart } from './dearly-chart.ts';

customElements.define('dearly-chart', DearlyChart);
