// The hash rate over time, drawn by uPlot from /cluster/hashrate.

const WINDOWS = {
  '1m': { seconds: 60, refreshMs: 5000, words: 'the last minute' },
  '15m': { seconds: 900, refreshMs: 10000, words: 'the last 15 minutes' },
  '24h': { seconds: 86400, refreshMs: 60000, words: 'the last 24 hours' },
};
const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];
const HEIGHT_MIN = 180;

export class RateChart {
  #box = document.getElementById('chart');
  #readout = document.getElementById('chart-readout');
  #note = document.getElementById('chart-state');
  #plot = null;
  #window = '15m';
  #timer = 0;
  #connected = true;
  #summary = '';

  start() {
    for (const input of document.querySelectorAll('#chart-windows input')) {
      if (input.checked) {
        this.#window = input.value;
      }
      input.addEventListener('change', () => {
        this.#window = input.value;
        this.#load();
      });
    }
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#box);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#plot?.destroy();
      this.#plot = null;
      this.#load();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) {
        this.#load();
      }
    });
    this.#load();
  }

  setConnected(connected) {
    const came = connected && !this.#connected;
    this.#connected = connected;
    if (came) {
      this.#load();
    }
  }

  async #load() {
    clearTimeout(this.#timer);
    const wanted = this.#window;
    try {
      const answer = await fetch(`/cluster/hashrate?window=${wanted}`, { signal: AbortSignal.timeout(10000) });
      if (!answer.ok) {
        throw new Error(`the master answered ${answer.status}`);
      }
      const rates = await answer.json();
      if (wanted === this.#window) {
        this.#draw(rates);
      }
    } catch {
      this.#say('The chart could not be loaded; it is tried again.');
    }
    this.#timer = setTimeout(() => {
      if (!document.hidden && this.#connected) {
        this.#load();
      }
    }, WINDOWS[wanted].refreshMs);
  }

  #draw(rates) {
    const [times, values] = series(rates);
    const known = values.filter((value) => value !== null);
    if (known.length === 0) {
      this.#say('Nothing was measured in this time yet.');
      this.#readout.textContent = '';
      this.#plot?.destroy();
      this.#plot = null;
      return;
    }
    this.#say('');
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const peak = Math.max(...known);
    this.#summary = `mean ${format(mean)}, peak ${format(peak)}`;
    this.#box.setAttribute(
      'aria-label',
      `Hash rate over ${WINDOWS[this.#window].words}: ${this.#summary}, last ${format(known.at(-1))}`);
    this.#showSummary();
    if (this.#plot === null) {
      this.#plot = new window.uPlot(this.#options(), [times, values], this.#box);
    }
    const to = Date.parse(rates.to) / 1000;
    this.#plot.batch(() => {
      this.#plot.setData([times, values], false);
      this.#plot.setScale('x', { min: to - WINDOWS[this.#window].seconds, max: to });
      this.#plot.setScale('y', { min: 0, max: Math.max(1, peak * 1.12) });
    });
  }

  #say(text) {
    this.#note.textContent = text;
    this.#note.hidden = text === '';
  }

  #showSummary() {
    this.#readout.textContent = this.#summary;
  }

  #hover(plot) {
    const index = plot.cursor.idx;
    const value = index === null || index === undefined ? null : plot.data[1][index];
    if (value === null || value === undefined) {
      this.#showSummary();
    } else {
      const at = new Date(plot.data[0][index] * 1000).toLocaleTimeString();
      this.#readout.textContent = `${at}  ${format(value)}`;
    }
  }

  #size() {
    return { width: this.#box.clientWidth, height: Math.max(HEIGHT_MIN, this.#box.clientHeight) };
  }

  #options() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = {
      font,
      stroke: color('--muted'),
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
    };
    return {
      ...this.#size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      padding: [8, 12, 0, 0],
      scales: { x: { time: true, auto: false }, y: { auto: false } },
      axes: [
        { ...axis, size: 30, space: 70, values: clockTimes },
        { ...axis, size: 74, space: 36, values: (plot, splits) => splits.map(format) },
      ],
      series: [
        {},
        {
          stroke: color('--accent'),
          width: 2,
          fill: color('--accent-faint'),
          points: { show: (plot) => plot.data[0].length < 2, size: 5 },
        },
      ],
      hooks: { setCursor: [(plot) => this.#hover(plot)] },
    };
  }
}

/** Without a line across times for which there are no samples. */
function series(rates) {
  const times = [];
  const values = [];
  for (const sample of rates.samples) {
    const at = Date.parse(sample.at) / 1000;
    const last = times.at(-1);
    if (last !== undefined && at - last > 1.5 * rates.stepSeconds) {
      times.push(last + rates.stepSeconds);
      values.push(null);
    }
    times.push(at);
    values.push(sample.hashesPerSecond);
  }
  return [times, values];
}

function clockTimes(plot, splits, axis, space, step) {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (step < 60) {
    options.second = '2-digit';
  }
  return splits.map((at) => new Date(at * 1000).toLocaleTimeString([], options));
}

/** As the master writes rates. */
export function format(hashesPerSecond) {
  let step = 0;
  let rest = hashesPerSecond;
  while (rest >= 999.95 && step < PREFIXES.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const decimals = rest === 0 ? 0 : rest < 10 ? 2 : rest < 100 || step > 0 ? 1 : 0;
  return `${rest.toFixed(decimals)} ${PREFIXES[step]}H/s`;
}
