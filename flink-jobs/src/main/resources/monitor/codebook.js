// SPDX-License-Identifier: Apache-2.0
// How users spread over the codes of each level, and the re-fits that were not just published.

import { count, element, moment, number, percent, replace, share, table } from './format.js';
import { outcome } from './tiles.js';

const COLUMNS = [
  { title: 'Level' }, { title: 'Codes used', number: true }, { title: 'Perplexity', number: true },
  { title: 'Largest', number: true }, { title: 'Error', number: true }, { title: 'Changed', number: true },
  { title: 'Shift', number: true }, { title: 'Separation', number: true }, { title: 'Dead', number: true },
  { title: 'Expired', number: true },
];

export function showUsage(parent, books, empty) {
  if (!books) {
    replace(parent, element('p', { class: 'empty' }, empty));
    return;
  }
  const open = parent.querySelector('details')?.open ?? false;
  const levels = books.levels.filter((level) => level.level > 0).slice(0, 6);
  const details = element('details', { open },
    element('summary', {}, 'Figures of the last re-fit, by level'),
    element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Figures of the last re-fit' },
      figures(books.levels)));
  replace(parent, ...levels.map(bars), details);
}

function bars(level) {
  const highest = Math.max(...level.usage, 1e-9);
  const even = 1 / level.codes;
  const top = Math.max(highest, even);
  const list = element('ul', {
    class: 'bars', role: 'img', 'aria-label': `Users by code of level ${level.level}: `
      + level.usage.map((value, code) => `code ${code} ${percent(value)}`).join(', '),
  });
  for (const [code, value] of level.usage.entries()) {
    const bar = element('li', { title: `code ${code}: ${percent(value)} of the users` });
    if (value === 0) {
      bar.dataset.state = 'dead';
    } else {
      bar.style.height = `${Math.max(1, 100 * value / top)}%`;
    }
    list.append(bar);
  }
  const line = element('li', { class: 'even', title: `${percent(even)}: all codes alike` });
  line.style.bottom = `${100 * even / top}%`;
  list.append(line);
  const codes = element('div', { class: 'codes', 'aria-hidden': 'true' },
    ...level.usage.map((value, code) => element('span', {}, level.codes > 24 && code % 4 ? '' : String(code))));
  const dead = level.dead === 0 ? '' : `, ${count(level.dead)} dead`;
  return element('div', { class: 'level' },
    element('h3', {}, `L${level.level}`, element('span', { class: 'muted light' }, ` ${count(level.codes_used)} of ${count(level.codes)} used`)),
    element('p', {}, `largest ${percent(level.largest_share)}${dead}`),
    list, codes);
}

function figures(levels) {
  const rows = levels.map((level) => [
    level.level === 0 ? 'whole path' : String(level.level),
    level.codes_used === 0 && level.level === 0 ? '–' : `${count(level.codes_used)} of ${count(level.codes)}`,
    number(level.perplexity), percent(level.largest_share), share(level.error), percent(level.changed),
    share(level.centroid_shift), number(level.separation), count(level.dead), count(level.expired),
  ]);
  return table('The last re-fit', COLUMNS, rows);
}

export function showRefits(parent, books, empty) {
  if (!books) {
    replace(parent, element('p', { class: 'empty' }, empty));
    return;
  }
  const counts = Object.entries(books.outcomes)
    .map(([name, times]) => `${count(times)} ${outcome(name)}`).join(', ');
  const rows = books.notable.map((refit) =>
    [moment(refit.event_time), String(refit.version), outcome(refit.outcome), refit.reason ?? '']);
  const columns = [{ title: 'Event time' }, { title: 'Version', number: true }, { title: 'Outcome' },
    { title: 'Why', wide: true }];
  replace(parent,
    element('p', {}, `Re-fits of the ${books.books}\u2019 books seen: ${counts || 'none'}.`),
    rows.length === 0
      ? element('p', { class: 'muted' }, 'None was held back or rolled back.')
      : table('Re-fits that were not just published', columns, rows));
}
