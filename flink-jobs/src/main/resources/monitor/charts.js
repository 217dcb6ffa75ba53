// SPDX-License-Identifier: Apache-2.0
// Which charts there are, and what each shows of the state.

import { Chart } from './chart.js';
import { element, millis, number, percent, share } from './format.js';
import { earliest } from './series.js';

const SIGNS = { held_back: '×', rolled_back: '↺', refused: '?' };
const QUALITY = {
  recall: { title: 'Recall@20', text: 'share of warm tests with the item in the first 20' },
  ndcg: { title: 'NDCG@20', text: 'mean of warm tests' },
};
let qualityColumn = 'recall';

export function make(flow, codebook) {
  const eventTime = true;
  const charts = {
    rate: new Chart(flow, { id: 'chart-rate', title: 'Event rate', unit: 'events / s', bottom: 0, text: number }),
    lag: new Chart(flow, { id: 'chart-lag', title: 'Lag', unit: 'events not taken yet', bottom: 0, top: 10, text: number }),
    latency: new Chart(flow, {
      id: 'chart-latency', title: 'Event to list', unit: 'ms, last minute', bottom: 0, text: millis,
    }),
    quality: new Chart(flow, {
      id: 'chart-quality', title: 'Quality', unit: 'share', bottom: 0, text: share, eventTime,
    }),
    error: new Chart(codebook, {
      id: 'chart-error', title: 'Error', unit: 'of the squared length', bottom: 0, text: share, eventTime,
    }),
    perplexity: new Chart(codebook, {
      id: 'chart-perplexity', title: 'Perplexity', unit: 'codes', bottom: 0, text: number, eventTime,
    }),
    changed: new Chart(codebook, {
      id: 'chart-changed', title: 'Churn', unit: 'users with another code', bottom: 0,
      text: percent, axis: (tick) => percent(tick), eventTime,
    }),
    rank: new Chart(codebook, {
      id: 'chart-rank', title: 'Effective rank', unit: 'of users\u2019 vectors', bottom: 0,
      text: number, eventTime,
    }),
  };
  chooseQuality(charts.quality);
  return charts;
}

// Recall and NDCG share a place; radio buttons say which it is.
function chooseQuality(chart) {
  const choice = element('fieldset', { class: 'segments small' },
    element('legend', { class: 'unseen' }, 'Measure of quality'));
  for (const [column, { title }] of Object.entries(QUALITY)) {
    const input = element('input', {
      type: 'radio', name: 'quality', value: column, checked: column === qualityColumn,
    });
    input.addEventListener('change', () => {
      qualityColumn = column;
      chart.again();
    });
    choice.append(element('label', {}, input, element('span', {}, title)));
  }
  chart.head.insertBefore(choice, chart.unit);
  // The buttons say what it is, and leave no room to say it twice.
  chart.unit.classList.add('aside');
}

/** Shows a state. */
export function show(charts, state, view) {
  const message = (role) => state.topics.find((topic) => topic.role === role).message;
  const { flow, latency } = state;
  view.first = earliest([flow.series, ...state.quality.map((model) => model.series),
    ...state.codebooks.flatMap((books) => books.levels.map((level) => level.series))], state.now);
  charts.rate.show([{ name: '', series: flow.series, column: 'rate', style: 0 }], view,
    { empty: message('interactions') });
  charts.lag.show([{ name: '', series: flow.series, column: 'lag', style: 0 }], view,
    { empty: flow.lag_fault });
  charts.latency.show([
    { name: 'p50', series: latency.series, column: 'p50', style: 0 },
    { name: 'p99', series: latency.series, column: 'p99', style: 1 },
  ], view, { empty: message('recommendations') });
  charts.quality.again = () => showQuality(charts.quality, state, view, message('quality'));
  charts.quality.again();
  showCodebook(charts, state, view, message('codebook'));
}

function showQuality(chart, state, view, empty) {
  const others = state.quality.filter((model) => model.model !== 'freshet');
  const models = [...state.quality.filter((model) => model.model === 'freshet'), ...others].slice(0, 4);
  const lines = models.map((model, i) =>
    ({ name: model.model, series: model.series, column: qualityColumn, style: i }));
  chart.options.title = QUALITY[qualityColumn].title;
  chart.card.title = QUALITY[qualityColumn].text;
  chart.show(lines, view, { empty, bands: bands(state, 'recall') });
}

function showCodebook(charts, state, view, empty) {
  const books = state.codebooks[0];
  const levels = books?.levels ?? [];
  const single = levels.filter((level) => level.level > 0).slice(0, 4);
  const whole = levels.filter((level) => level.level === 0);
  const signs = (books?.notable ?? []).map((refit) => ({ at: refit.event_time, sign: SIGNS[refit.outcome] }));
  const lines = (column, of = single) => of.map((level) => ({
    name: level.level === 0 ? '' : `L${level.level}`,
    says: level.level === 0 ? null : `level ${level.level}`,
    series: level.series,
    column,
    style: level.level === 0 ? 0 : level.level - 1,
  }));
  const codes = single[0]?.codes;
  charts.error.show(lines('error'), view, { empty, signs, bands: bands(state, 'error') });
  charts.perplexity.options.unit = codes ? `of ${codes} codes` : 'codes';
  charts.perplexity.show(lines('perplexity'), view, {
    empty, signs, bands: bands(state, 'perplexity'), guide: codes && { value: codes / 2, text: 'half of the codes' },
  });
  charts.changed.show(lines('changed'), view, { empty, signs });
  charts.rank.show(lines('effective_rank', whole), view, { empty, bands: bands(state, 'effective_rank') });
}

function bands(state, metric) {
  return state.alarms
    .filter((alarm) => alarm.metric === metric)
    .map((alarm) => ({
      from: alarm.since, to: alarm.cleared, text: alarm.level === 0 ? '' : `L${alarm.level}`,
    }));
}
