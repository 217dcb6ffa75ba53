// SPDX-License-Identifier: Apache-2.0
// Numbers, times and elements as a person reads them. Text goes in as text, never as HTML.

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const DASH = '–';

export function count(value) {
  return value == null ? DASH : counts.format(value);
}

/** At most three digits that matter, whole from 100 on. */
export function number(value) {
  if (value == null) {
    return DASH;
  }
  return Math.abs(value) >= 100 ? counts.format(value) : three.format(value);
}

export function share(value) {
  return value == null ? DASH : value.toFixed(3);
}

export function percent(value) {
  return value == null ? DASH : `${three.format(100 * value)} %`;
}

export function millis(value) {
  if (value == null) {
    return DASH;
  }
  return value < 10_000 ? `${counts.format(value)} ms` : `${three.format(value / 1000)} s`;
}

/** Short, for an axis: 12k, 3.4M. */
export function short(value) {
  const size = Math.abs(value);
  if (size >= 1e6) {
    return `${three.format(value / 1e6)}M`;
  }
  return size >= 1e4 ? `${three.format(value / 1e3)}k` : three.format(value);
}

const pad = (value) => String(value).padStart(2, '0');

export function clock(time) {
  const date = new Date(time);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** The clock, with the day where it is not today's. */
export function moment(time) {
  const date = new Date(time);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock(time) : `${day} ${clock(time)}`;
}

export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

export function plural(value, one, many) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** An element with attributes and children; a string becomes text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value == null) {
      continue;
    }
    made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/**
 * A table. Columns are {title, number, wide}; a row is an array of texts or elements, with a
 * property state where there is one.
 */
export function table(caption, columns, rows) {
  const head = element('tr', {}, ...columns.map((column) =>
    element('th', { scope: 'col', class: column.number ? 'n' : null }, column.title)));
  const body = rows.map((row) => element('tr', { 'data-state': row.state }, ...row.map((cell, i) => {
    const kind = columns[i].number ? 'n' : columns[i].wide ? 'wide' : null;
    return element('td', { class: kind }, cell);
  })));
  return element('table', {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, head),
    element('tbody', {}, ...body));
}

const shown = new WeakMap();

/** Puts children in only where they differ, so that focus and scroll stay where they are. */
export function replace(parent, ...children) {
  const holder = document.createElement('div');
  holder.append(...children);
  if (holder.innerHTML === shown.get(parent) && parent.hasChildNodes()) {
    return false;
  }
  shown.set(parent, holder.innerHTML);
  parent.replaceChildren(...holder.childNodes);
  return true;
}
