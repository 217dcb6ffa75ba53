// SPDX-License-Identifier: Apache-2.0
// Asks for the state every other second and shows it; says when nobody answers, and comes back.

import * as alarms from './alarms.js';
import * as charts from './charts.js';
import * as codebook from './codebook.js';
import { ago, clock, count, element, moment, replace, table } from './format.js';
import * as lookup from './lookup.js';
import * as theme from './theme.js';
import * as tiles from './tiles.js';

const EVERY_MILLIS = 2000;
const PATIENCE_MILLIS = 5000;
const RANGE_KEY = 'freshet.range';
const STATES = {
  opening: 'opening', missing: 'missing', empty: 'empty', reading: 'reading', failed: 'cannot be read',
};

const at = (id) => document.getElementById(id);
const drawn = charts.make(at('flow-charts'), at('codebook-charts'));
const view = { now: Date.now(), range: 600 };
let state = null;
let heardAt = null;

function remembered() {
  try {
    return localStorage.getItem(RANGE_KEY);
  } catch {
    return null;
  }
}

function chooseRange() {
  const inputs = [...at('range').querySelectorAll('input')];
  const chosen = inputs.find((input) => input.value === remembered()) ?? inputs[0];
  chosen.checked = true;
  view.range = Number(chosen.value);
  for (const input of inputs) {
    input.addEventListener('change', () => {
      view.range = Number(input.value);
      try {
        localStorage.setItem(RANGE_KEY, input.value);
      } catch {
        // For this visit, then.
      }
      show();
    });
  }
}

async function ask() {
  const answer = await fetch('api/state', { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
  if (!answer.ok) {
    throw new Error(`the monitor answered ${answer.status}`);
  }
  return answer.json();
}

async function go() {
  try {
    state = await ask();
    heardAt = Date.now();
    view.now = state.now;
    show();
    await lookup.refresh();
  } catch (e) {
    if (!(e instanceof TypeError || e instanceof DOMException || e.message.startsWith('the monitor'))) {
      console.error(e);
    }
  }
  connection();
  setTimeout(go, EVERY_MILLIS);
}

function connection() {
  const silent = heardAt == null ? Infinity : Date.now() - heardAt;
  const lost = silent > 2 * EVERY_MILLIS + 500;
  const where = at('connection');
  if (heardAt == null && !lost) {
    return;
  }
  where.dataset.state = lost ? 'lost' : 'live';
  setText(at('connection-text'), lost ? 'Connection lost' : `Live, ${clock(heardAt)}`);
  let notice = '';
  if (lost) {
    notice = heardAt == null
      ? 'The monitor does not answer. Is it running? This page keeps asking.'
      : `The monitor has not answered since ${clock(heardAt)}. What you see is of then; this page keeps asking.`;
  } else if (state && !state.kafka.reachable) {
    notice = `No Kafka broker answers at ${state.kafka.servers} since ${moment(state.kafka.since)}: ${state.kafka.fault}`;
  }
  at('lost').hidden = notice === '';
  setText(at('lost'), notice);
}

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function notices() {
  const shown = [];
  for (const topic of state.topics) {
    if (topic.state === 'failed' || topic.state === 'missing') {
      shown.push(topic.message);
    }
    if (topic.unreadable > 0) {
      shown.push(`${count(topic.unreadable)} of ${count(topic.records)} records of ${topic.name} are not`
        + ` Freshet's and were passed over; the last: ${topic.unreadable_reason}`);
    }
  }
  replace(at('notices'), ...shown.map((text) => element('p', { class: 'notice' }, text)));
}

function topics() {
  const rows = state.topics.map((topic) => [
    topic.name, STATES[topic.state] ?? topic.state, count(topic.records), count(topic.unreadable),
    topic.last_at === 0 ? '' : `${moment(topic.last_at)} (${ago(state.now - topic.last_at)} ago)`,
  ]);
  replace(at('topics'), table('Topics', [
    { title: 'Topic', wide: true }, { title: 'State' }, { title: 'Read', number: true },
    { title: 'Not readable', number: true }, { title: 'Newest record' },
  ], rows));
}

function show() {
  if (!state) {
    return;
  }
  const message = (role) => state.topics.find((topic) => topic.role === role).message;
  const [books] = state.codebooks;
  setText(at('where'), state.kafka.servers);
  notices();
  setText(at('deepest'), String(Math.max(1, ...(books?.levels ?? [{ level: 3 }]).map((level) => level.level))));
  tiles.show(at('tiles'), state);
  charts.show(drawn, state, view);
  codebook.showUsage(at('usage'), books, message('codebook'));
  codebook.showRefits(at('refits'), books, message('codebook'));
  alarms.show(at('alarm-table'), state.alarms, message('codebook'));
  alarms.announce(at('announcement'), state.alarms);
  lookup.showHeld(state.users);
  topics();
}

theme.install(at('theme'), () => Object.values(drawn).forEach((chart) => chart.restyle()));
chooseRange();
lookup.install();
go();
