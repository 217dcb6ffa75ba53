// SPDX-License-Identifier: Apache-2.0
// From what the server sends to what a chart draws.

import uPlot from './uplot.js';

const LEAST_SECONDS = 60;
const LIVE_MILLIS = 5 * 60 * 1000;

/**
 * Lines on one time axis. Each source is {series, column}; times come in milliseconds and go out in
 * seconds.
 */
export function align(sources) {
  const tables = sources
    .map(({ series, column }) => [series.t.map((time) => time / 1000), series[column]]);
  if (tables.length === 0) {
    return [[]];
  }
  return tables.every((one) => sameTimes(one[0], tables[0][0]))
    ? [tables[0][0], ...tables.map((one) => one[1])]
    : uPlot.join(tables);
}

function sameTimes(one, other) {
  return one.length === other.length && one.every((time, i) => time === other[i]);
}

/**
 * The stretch of time to show, in seconds. A clock ends now. Event time does so too where it is
 * about the clock's; that of a replay is shown from end to end. Where there is less of a past than the
 * range asks for, all charts begin with the first of them.
 */
export function stretch(times, { now, range, first }, eventTime) {
  const last = times[times.length - 1];
  if (eventTime && !isLive(last * 1000, now)) {
    return [Math.min(times[0], last - 60), last];
  }
  const end = Math.max(now / 1000, last);
  const begin = Math.min(first / 1000, end - LEAST_SECONDS);
  return [range > 0 ? Math.max(end - range, begin) : begin, end];
}

function isLive(time, now) {
  return Math.abs(now - time) < LIVE_MILLIS;
}

/** The earliest time of series that go on now, so that all charts begin together. */
export function earliest(all, now) {
  const begins = all
    .filter((series) => series.t.length > 0 && isLive(series.t[series.t.length - 1], now))
    .map((series) => series.t[0]);
  return Math.min(now, ...begins);
}

/** What is to be seen of it: the points within, and the last before, from which a line comes in. */
export function within(data, [from, to]) {
  const times = data[0];
  let begin = times.findIndex((time) => time >= from);
  if (begin < 0) {
    begin = times.length;
  }
  begin = Math.max(0, begin - 1);
  let end = times.length;
  while (end > begin && times[end - 1] > to) {
    end--;
  }
  return data.map((column) => column.slice(begin, end));
}

export function latest(values) {
  for (let i = values.length - 1; i >= 0; i--) {
    if (values[i] != null) {
      return values[i];
    }
  }
  return null;
}

/** Lowest and highest; null where there is nothing. */
export function extent(values) {
  let lowest = null;
  let highest = null;
  for (const value of values) {
    if (value != null) {
      lowest = lowest == null ? value : Math.min(lowest, value);
      highest = highest == null ? value : Math.max(highest, value);
    }
  }
  return [lowest, highest];
}
