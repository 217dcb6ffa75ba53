// SPDX-License-Identifier: Apache-2.0
// One chart in a card: a heading with its unit, a legend that follows the pointer, the plot, and the
// same figures as a table. Lines differ by dash as well as by colour.

import uPlot from './uplot.js';
import { clock, element, moment, replace, short, table } from './format.js';
import { align, extent, latest, stretch, within } from './series.js';
import { colour } from './theme.js';

const TABLE_ROWS = 60;
const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
// Seconds between the times on the axis.
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400, 172_800, 604_800, 2_592_000, 31_536_000];
const FONT = '11px system-ui, sans-serif';

export class Chart {
  /**
   * @param options id, title, unit, text (a figure for a person), eventTime, top (least upper end
   *     of the axis), bottom (of it; null: as the figures), guide ({value, text} by state)
   */
  constructor(parent, options) {
    this.options = options;
    this.shown = 'plot';
    this.legend = element('ul', { class: 'legend' });
    this.plot = element('div', { class: 'plot', role: 'img' });
    this.data = element('div', {
      class: 'data', tabindex: 0, role: 'region', 'aria-label': `${options.title}, table`, hidden: true,
    });
    this.unit = element('span', { class: 'unit' }, options.unit);
    this.button = element('button', { type: 'button', 'aria-pressed': 'false' }, 'Table');
    this.button.append(element('span', { class: 'unseen' }, ` of ${options.title}`));
    this.button.addEventListener('click', () => this.toggle());
    this.head = element('header', {}, element('h3', {}, options.title), this.unit, this.button);
    this.card = element('article', { class: 'card chart', id: options.id },
      this.head, this.legend, this.plot, this.data);
    parent.append(this.card);
    new ResizeObserver(() => this.resize()).observe(this.plot);
  }

  toggle() {
    const asTable = this.shown === 'plot';
    this.shown = asTable ? 'table' : 'plot';
    this.button.setAttribute('aria-pressed', String(asTable));
    this.plot.hidden = asTable;
    this.data.hidden = !asTable;
    this.draw();
  }

  /**
   * Shows figures.
   *
   * @param lines [{name, series, column, style}], style 0 to 3
   * @param view {now and first in milliseconds, range in seconds}
   * @param marks {bands: [{from, to, text}], signs: [{at, sign}], guide: {value, text}, empty}
   */
  show(lines, view, marks = {}) {
    this.lines = lines;
    this.view = view;
    this.marks = { bands: [], signs: [], guide: null, ...marks };
    this.draw();
  }

  /** Draws anew, in the colours of the theme. */
  restyle() {
    this.drop();
    this.draw();
  }

  drop() {
    this.chart?.destroy();
    this.chart = null;
  }

  draw() {
    if (!this.lines) {
      return;
    }
    const all = align(this.lines);
    if (all[0].length === 0) {
      this.drop();
      this.legend.replaceChildren();
      this.plot.removeAttribute('aria-label');
      replace(this.plot, element('p', { class: 'empty' }, this.marks.empty ?? 'Nothing yet.'));
      replace(this.data, element('p', { class: 'empty' }, this.marks.empty ?? 'Nothing yet.'));
      return;
    }
    this.scale = stretch(all[0], this.view, this.options.eventTime);
    this.columns = within(all, this.scale);
    this.unit.textContent = this.unitText();
    this.plot.setAttribute('aria-label', this.summary());
    if (this.shown === 'table') {
      this.fillTable();
      this.showLegend(null);
      return;
    }
    if (!this.chart || this.chart.series.length !== all.length) {
      this.make();
    }
    if (this.chart) {
      this.chart.setData(this.columns, true);
    }
    this.showLegend(this.chart?.cursor.idx ?? null);
  }

  /** Event time that is not the clock's has to be told from it. */
  unitText() {
    const { eventTime, unit } = this.options;
    const replayed = eventTime && this.scale[1] < this.view.now / 1000;
    return replayed ? `${unit}, event time` : unit;
  }

  make() {
    this.drop();
    const { width, height } = this.size();
    if (width < 40 || height < 40) {
      return;
    }
    this.plot.replaceChildren();
    const muted = colour('muted');
    const axis = {
      stroke: muted, font: FONT, grid: { stroke: colour('grid'), width: 1 }, ticks: { show: false },
    };
    this.chart = new uPlot({
      width,
      height,
      legend: { show: false },
      padding: [8, 16, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: true, range: () => this.scale },
        y: { range: (chart, low, high) => this.heights(low, high) },
      },
      axes: [
        {
          ...axis, size: 22, space: () => (this.showsSeconds() ? 66 : 48), incrs: STEPS,
          values: (chart, ticks) => ticks.map((tick) => this.tick(tick)),
        },
        { ...axis, size: 42, space: 26, values: (chart, ticks) => ticks.map((tick) => this.height(tick)) },
      ],
      series: [{}, ...this.lines.map((line) => ({
        stroke: colour(`series-${line.style + 1}`),
        width: line.style === 0 ? 2 : 1.6,
        dash: DASHES[line.style],
        // A line of one point is none; then the point.
        points: { show: (chart) => chart.data[0].length < 2, size: 5 },
        spanGaps: true,
      }))],
      hooks: {
        drawClear: [(chart) => this.drawBands(chart), (chart) => this.drawGuide(chart)],
        draw: [(chart) => this.drawSigns(chart)],
        setCursor: [(chart) => this.showLegend(chart.cursor.idx)],
      },
    }, this.columns, this.plot);
  }

  size() {
    return { width: this.plot.clientWidth, height: this.plot.clientHeight };
  }

  resize() {
    const { width, height } = this.size();
    if (this.chart && width > 40 && height > 40) {
      this.chart.setSize({ width, height });
    } else if (this.lines && !this.chart) {
      this.draw();
    }
  }

  heights(low, high) {
    const { bottom, top } = this.options;
    const guide = this.marks.guide?.value;
    const highest = Math.max(high ?? 0, guide ?? -Infinity, top ?? -Infinity);
    if (bottom != null) {
      return [bottom, highest <= bottom ? bottom + 1 : highest + (highest - bottom) * 0.06];
    }
    const margin = Math.max((highest - low) * 0.12, Math.abs(highest) * 0.02, 1e-6);
    return [low - margin, highest + margin];
  }

  height(tick) {
    return this.options.axis ? this.options.axis(tick) : short(tick);
  }

  showsSeconds() {
    return this.scale[1] - this.scale[0] <= 300;
  }

  tick(seconds) {
    const text = clock(seconds * 1000);
    const span = this.scale[1] - this.scale[0];
    if (span > 2 * 86_400) {
      return moment(seconds * 1000).slice(0, 10);
    }
    return this.showsSeconds() ? text : text.slice(0, 5);
  }

  // An alarm: a tinted stretch, with a line and a triangle where it begins.
  drawBands(chart) {
    const { ctx } = chart;
    const { left, top, width, height } = chart.bbox;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 8 * ratio, width, height + 8 * ratio);
    ctx.clip();
    ctx.setLineDash([]);
    for (const band of this.marks.bands) {
      const from = chart.valToPos(band.from / 1000, 'x', true);
      const to = band.to == null ? left + width : chart.valToPos(band.to / 1000, 'x', true);
      if (to < left || from > left + width) {
        continue;
      }
      ctx.fillStyle = colour('alarm-page');
      ctx.fillRect(Math.max(left, from), top, Math.max(2, to - Math.max(left, from)), height);
      ctx.strokeStyle = ctx.fillStyle = colour('alarm');
      ctx.lineWidth = ratio;
      ctx.beginPath();
      ctx.moveTo(from, top);
      ctx.lineTo(from, top + height);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(from - 5 * ratio, top);
      ctx.lineTo(from + 5 * ratio, top);
      ctx.lineTo(from, top - 8 * ratio);
      ctx.fill();
    }
    ctx.restore();
  }

  // Under the lines: a guide may cross them, but hides nothing.
  drawGuide(chart) {
    const { guide } = this.marks;
    if (!guide) {
      return;
    }
    const { ctx } = chart;
    const { left, width } = chart.bbox;
    const ratio = devicePixelRatio;
    const y = chart.valToPos(guide.value, 'y', true);
    ctx.save();
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.fillStyle = ctx.strokeStyle = colour('muted');
    ctx.lineWidth = ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(guide.text, left + 4 * ratio, y + 3 * ratio);
    ctx.restore();
  }

  // Re-fits that were not just published.
  drawSigns(chart) {
    const { ctx } = chart;
    const { left, top, width, height } = chart.bbox;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    this.nameBands(chart);
    ctx.fillStyle = colour('text');
    ctx.textAlign = 'center';
    ctx.textBaseline = 'bottom';
    for (const { at, sign } of this.marks.signs) {
      const x = chart.valToPos(at / 1000, 'x', true);
      if (x >= left && x <= left + width) {
        ctx.fillText(sign, x, top + height - ratio);
      }
    }
    ctx.restore();
  }

  // Over the lines; where alarms come thick and fast the triangles are enough.
  nameBands(chart) {
    const { ctx } = chart;
    const ratio = devicePixelRatio;
    const { left, top, width } = chart.bbox;
    let end = left;
    ctx.fillStyle = colour('alarm');
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    for (const band of [...this.marks.bands].sort((a, b) => a.from - b.from)) {
      const from = chart.valToPos(band.from / 1000, 'x', true) + 4 * ratio;
      if (from >= end && from < left + width) {
        ctx.fillText(band.text, from, top + 2 * ratio);
        end = from + 8 * ratio + ctx.measureText(band.text).width;
      }
    }
  }

  showLegend(index) {
    const at = index != null && this.columns[0][index] != null ? index : null;
    const items = this.lines.map((line, i) => {
      const values = this.columns[i + 1];
      const value = at == null ? latest(values) : values[at];
      return element('li', { title: line.says }, sample(line.style), line.name ? `${line.name} ` : '',
        element('b', {}, this.options.text(value)));
    });
    const time = at == null ? '' : `at ${moment(this.columns[0][at] * 1000)}`;
    if (time) {
      items.push(element('li', { class: 'muted' }, time));
    }
    this.legend.replaceChildren(...items);
  }

  summary() {
    const parts = this.lines.map((line, i) => {
      const [low, high] = extent(this.columns[i + 1]);
      const { text } = this.options;
      return `${line.says ?? (line.name || this.options.title)}: now ${text(latest(this.columns[i + 1]))},`
        + ` lowest ${text(low)}, highest ${text(high)}`;
    });
    const bands = this.marks.bands.length === 0 ? '' : `. Alarms in it: ${this.marks.bands.length}`;
    return `${this.options.title} in ${this.options.unit}, from ${moment(this.scale[0] * 1000)}`
      + ` to ${moment(this.scale[1] * 1000)}. ${parts.join('. ')}${bands}.`;
  }

  fillTable() {
    const rows = [];
    for (let i = this.columns[0].length - 1; i >= 0 && rows.length < TABLE_ROWS; i--) {
      rows.push([moment(this.columns[0][i] * 1000),
        ...this.lines.map((line, c) => this.options.text(this.columns[c + 1][i]))]);
    }
    const columns = [{ title: this.options.eventTime ? 'Event time' : 'Time' },
      ...this.lines.map((line) => ({ title: line.says ?? (line.name || this.options.title), number: true }))];
    replace(this.data, table(`${this.options.title}, ${this.options.unit}`, columns, rows));
  }
}

/** A piece of a line, as the chart draws it. */
function sample(style) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('viewBox', '0 0 22 8');
  const line = document.createElementNS(namespace, 'line');
  for (const [key, value] of Object.entries({
    x1: 0, x2: 22, y1: 4, y2: 4, 'stroke-width': 2, 'stroke-dasharray': DASHES[style].join(' '),
    stroke: `var(--series-${style + 1})`,
  })) {
    line.setAttribute(key, value);
  }
  svg.append(line);
  return svg;
}
