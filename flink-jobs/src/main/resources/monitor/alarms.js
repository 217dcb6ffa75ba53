// SPDX-License-Identifier: Apache-2.0
// Alarms as a table, and said aloud when one comes or goes.

import { element, moment, number, replace, table } from './format.js';
import { subject } from './tiles.js';

const COLUMNS = [
  { title: 'State' }, { title: 'What' }, { title: 'Since' }, { title: 'Cleared' },
  { title: 'Value', number: true }, { title: 'Threshold', number: true }, { title: 'Found by' },
];
let known = null;

export function show(parent, alarms, empty) {
  if (alarms.length === 0) {
    replace(parent, element('p', { class: 'empty' }, empty ?? 'No alarm so far.'));
    return;
  }
  const rows = alarms.map((alarm) => {
    const stands = alarm.cleared == null;
    const row = [
      stands ? '▲ stands' : 'cleared',
      subject(alarm),
      moment(alarm.since),
      stands ? '' : moment(alarm.cleared),
      number(alarm.value),
      number(alarm.threshold),
      alarm.detector,
    ];
    row.state = stands ? 'alarm' : null;
    return row;
  });
  replace(parent, table('Alarms, in event time, the newest first', COLUMNS, rows));
}

/** Tells a screen reader what changed since the state before; nothing at first. */
export function announce(region, alarms) {
  const standing = new Map(alarms.filter((alarm) => alarm.cleared == null)
    .map((alarm) => [`${subject(alarm)}/${alarm.since}`, subject(alarm)]));
  if (known) {
    const came = [...standing].filter(([key]) => !known.has(key)).map(([, text]) => `Alarm: ${text}.`);
    const went = [...known].filter(([key]) => !standing.has(key)).map(([, text]) => `Cleared: ${text}.`);
    if (came.length + went.length > 0) {
      region.textContent = [...came, ...went].join(' ');
    }
  }
  known = standing;
}
