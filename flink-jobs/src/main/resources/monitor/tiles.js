// SPDX-License-Identifier: Apache-2.0
// The figures of this moment.

import { ago, clock, count, DASH, element, millis, moment, number, replace, share } from './format.js';

const METRICS = {
  error: 'error', perplexity: 'perplexity', effective_rank: 'effective rank', recall: 'Recall@20',
};

/** An alarm's subject, as a person says it. */
export function subject(alarm) {
  const metric = METRICS[alarm.metric] ?? alarm.metric;
  return alarm.level === 0 ? metric : `${metric}, level ${alarm.level}`;
}

export function show(parent, state) {
  replace(parent, rate(state), lag(state), latency(state), quality(state), codebook(state), alarms(state));
}

function tile(name, value, unit, more, state) {
  return element('div', { class: 'tile', 'data-state': state },
    element('dt', {}, name),
    element('dd', { class: 'value' }, value, unit ? element('small', {}, ` ${unit}`) : ''),
    element('dd', { class: 'more', title: typeof more === 'string' ? more : null }, more));
}

function rate({ flow, topics }) {
  const interactions = topics.find((topic) => topic.role === 'interactions');
  const last = interactions.last_at === 0 ? 'no event seen yet' : `last event ${moment(interactions.last_at)}`;
  return tile('Events', number(flow.rate), '/ s', last);
}

function lag({ flow, now }) {
  let more = flow.lag_fault ?? 'not taken yet by the job';
  if (flow.lag != null && flow.lag_of === 'group') {
    more = flow.committed_at === 0
      ? 'not committed by the job\u2019s group'
      : `group committed ${ago(now - flow.committed_at)} ago`;
  }
  return tile('Lag', count(flow.lag), 'events', more);
}

function latency({ latency: minute }) {
  const more = minute.lists === 0
    ? 'no list in the last minute'
    : `p99 ${millis(minute.p99)}, ${count(minute.lists)} lists`;
  return tile('Event to list, p50 of 60 s', millis(minute.p50), '', more);
}

function quality({ quality: models }) {
  const own = models.find((model) => model.model === 'freshet');
  if (!own) {
    return tile('Recall@20, warm', DASH, '', 'no quality window yet');
  }
  const other = models.find((model) => model.model === 'popularity');
  const beside = other ? `popularity ${share(other.recall)}` : `NDCG@20 ${share(own.ndcg)}`;
  return tile('Recall@20, warm', share(own.recall), '', beside);
}

const OUTCOMES = {
  published: 'published', held_back: 'held back', rolled_back: 'rolled back', refused: 'roll-back refused',
};

/** What became of a re-fit, as a person says it. */
export function outcome(name) {
  return OUTCOMES[name] ?? name;
}

function codebook({ codebooks, now }) {
  const last = codebooks[0]?.levels[0];
  if (!last) {
    return tile('Codebook', DASH, '', 'no re-fit yet');
  }
  const state = last.outcome === 'published' ? null : 'warn';
  return tile('Codebook', `version ${last.version}`, '',
    `${outcome(last.outcome)} ${ago(now - last.generated_at)} ago`, state);
}

function alarms({ alarms: all }) {
  const standing = all.filter((alarm) => alarm.cleared == null);
  if (standing.length === 0) {
    const cleared = all.length === 0 ? 'none so far' : `${count(all.length)} cleared`;
    return tile('Alarms', 'None', '', cleared);
  }
  const [newest] = standing;
  const link = element('a', { href: '#alarms' }, `${subject(newest)}, since ${clock(newest.since)}`);
  return tile('Alarms', `▲ ${standing.length}`, standing.length === 1 ? 'stands' : 'stand', link, 'alarm');
}
