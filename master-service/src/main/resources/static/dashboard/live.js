// Follows /dashboard/live, which names the pieces of the page that have changed, and has htmx fetch
// those that are in view. One stream for a page, and none while nobody looks at it.

const LIVE = '/dashboard/live';
const PROBE = '/dashboard/now';
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30000;
const HIDDEN_MS = 30000;
/** The master says something every five seconds. */
const SILENCE_MS = 20000;
/** What was said last may still be spoken when more is to be said. */
const ANNOUNCED = 5;
/** Pieces may be fetched a little before they are scrolled to. */
const MARGIN = '150px';

export class Live {
  #onConnection;
  #wrappers = new Map();
  #visible = new Set();
  #dirty = new Set();
  #stale = new Set();
  #asking = new Map();
  #lastText = new Map();
  #source = null;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer = 0;
  #silenceTimer = 0;
  #hiddenTimer = 0;
  #problems = new Set();
  #query = peersQuery();
  #freshAt = new Date();

  constructor(onConnection) {
    this.#onConnection = onConnection;
    for (const wrapper of document.querySelectorAll('[data-piece]')) {
      this.#wrappers.set(wrapper.dataset.piece, wrapper);
    }
  }

  start() {
    const watcher = new IntersectionObserver((entries) => this.#sighted(entries), { rootMargin: MARGIN });
    this.#wrappers.forEach((wrapper) => watcher.observe(wrapper));
    document.addEventListener('visibilitychange', () => this.#visibilityChanged());
    document.addEventListener('selectionchange', () => this.#refreshDirty());
    document.body.addEventListener('htmx:beforeSend', (event) => this.#asked(event));
    document.body.addEventListener('htmx:afterRequest', (event) => this.#answered(event));
    document.body.addEventListener('htmx:beforeSwap', (event) => this.#beforeSwap(event));
    document.body.addEventListener('htmx:afterSwap', (event) => this.#afterSwap(event));
    for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
      document.body.addEventListener(failure, (event) => this.#failed(event));
    }
    document.getElementById('live-retry').addEventListener('click', () => this.#retry());
    this.#problems = new Set([...problemsShown()].map(withoutTimes));
    this.#open();
  }

  refreshAll() {
    this.#wrappers.forEach((wrapper, piece) => this.#dirty.add(piece));
    this.#refreshDirty();
  }

  #open() {
    this.#close();
    const source = new EventSource(LIVE);
    this.#source = source;
    this.#listenForSilence();
    source.addEventListener('open', () => {
      this.#retryMs = FIRST_RETRY_MS;
      this.#show('live', 'Live');
      this.refreshAll();
    });
    source.addEventListener('changed', (event) => {
      this.#listenForSilence();
      event.data.split(' ').forEach((piece) => this.#dirty.add(piece));
      // What could not be had is asked for again, at the master's pace.
      this.#stale.forEach((piece) => this.#dirty.add(piece));
      this.#refreshDirty();
    });
    source.addEventListener('stopping', () => this.#lost());
    source.addEventListener('error', () => this.#lost());
  }

  #close() {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#source?.close();
    this.#source = null;
  }

  #listenForSilence() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  /** The stream ended. Whether the master is gone, or has no stream to spare, the next try shows. */
  #lost() {
    this.#close();
    if (document.documentElement.dataset.connection !== 'delayed') {
      this.#sayDisconnected();
    }
    this.#retryTimer = setTimeout(() => this.#retry(), this.#retryMs * (0.75 + Math.random() / 2));
    this.#retryMs = Math.min(LONGEST_RETRY_MS, 2 * this.#retryMs);
  }

  async #retry() {
    this.#close();
    try {
      const answer = await fetch(PROBE, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      this.#show('delayed', 'Refreshed now and then: all places for live pages are taken');
      this.refreshAll();
      this.#open();
    } catch {
      this.#show('disconnected', '');
      this.#lost();
    }
  }

  #sayDisconnected() {
    const at = this.#freshAt.toLocaleTimeString();
    this.#show('disconnected', `Disconnected. What you see is from ${at}`);
    document.title = 'Disconnected · P2P Mining Cluster';
  }

  #show(state, text) {
    document.documentElement.dataset.connection = state;
    document.getElementById('live').dataset.state = state;
    document.getElementById('live-retry').hidden = state !== 'disconnected';
    const line = document.getElementById('live-text');
    if (text && line.textContent !== text) {
      line.textContent = text;
    }
    this.#onConnection(state === 'live' || state === 'delayed');
  }

  #visibilityChanged() {
    clearTimeout(this.#hiddenTimer);
    if (document.hidden) {
      this.#hiddenTimer = setTimeout(() => this.#close(), HIDDEN_MS);
    } else if (this.#source === null) {
      this.#retry();
    } else {
      this.#refreshDirty();
    }
  }

  #sighted(entries) {
    for (const entry of entries) {
      const piece = entry.target.dataset.piece;
      if (entry.isIntersecting) {
        this.#visible.add(piece);
      } else {
        this.#visible.delete(piece);
      }
    }
    this.#refreshDirty();
  }

  #refreshDirty() {
    if (document.hidden) {
      return;
    }
    for (const piece of [...this.#dirty]) {
      // The overview also makes the title and speaks of problems, seen or not.
      const wanted = piece === 'now' || this.#visible.has(piece);
      // An answer that is under way may be older than the change: it is waited for.
      if (wanted && !this.#asking.get(piece)?.isConnected && !selects(this.#wrappers.get(piece))) {
        this.#dirty.delete(piece);
        window.htmx.trigger(`#${piece}`, 'refresh');
      }
    }
  }

  #asked(event) {
    const { elt } = event.detail.requestConfig;
    if (this.#wrappers.has(elt.id)) {
      this.#asking.set(elt.id, elt);
    }
  }

  #answered(event) {
    const { elt } = event.detail.requestConfig;
    if (this.#asking.get(elt.id) === elt) {
      this.#asking.delete(elt.id);
    }
    // Only when htmx is done with this request does it take another from the same element.
    queueMicrotask(() => this.#refreshDirty());
  }

  /** What looks the same stays as it is, and a refresh gives way to what somebody asked for since. */
  #beforeSwap(event) {
    const { target, serverResponse, xhr, requestConfig } = event.detail;
    const piece = pieceIn(target);
    if (xhr.status !== 200 || !this.#wrappers.has(piece)) {
      return;
    }
    const overtaken = requestConfig.elt.id === piece && !requestConfig.elt.isConnected;
    if (overtaken) {
      event.detail.shouldSwap = false;
      this.#dirty.add(piece);
      return;
    }
    this.#freshAt = new Date();
    this.#markStale(piece, false);
    if (this.#lastText.get(piece) === serverResponse) {
      event.detail.shouldSwap = false;
    }
    this.#lastText.set(piece, serverResponse);
  }

  #afterSwap(event) {
    const swapped = pieceIn(event.detail.elt);
    if (swapped === 'peers') {
      this.#rememberQuery();
    } else if (swapped === 'now') {
      this.#overviewChanged();
    }
  }

  /** So that the page shows the same workers when it is loaded again. */
  #rememberQuery() {
    const query = peersQuery();
    if (query !== this.#query) {
      this.#query = query;
      window.history.replaceState(null, '', `/${query}`);
    }
  }

  #overviewChanged() {
    const now = document.getElementById('now');
    document.title = `${now.dataset.rate} · P2P Mining Cluster`;
    const shown = problemsShown();
    const fresh = [...shown].filter((what) => !this.#problems.has(withoutTimes(what)));
    this.#problems = new Set([...shown].map(withoutTimes));
    if (fresh.length > 0) {
      announce(fresh.join(' '));
    }
  }

  #failed(event) {
    const piece = pieceIn(event.detail.target);
    if (this.#wrappers.has(piece)) {
      this.#markStale(piece, true);
    }
  }

  #markStale(piece, stale) {
    if (stale) {
      this.#stale.add(piece);
    } else {
      this.#stale.delete(piece);
    }
    const wrapper = this.#wrappers.get(piece);
    let notice = wrapper.querySelector(':scope > .stale');
    if (stale && notice === null) {
      notice = document.createElement('p');
      notice.className = 'stale notice';
      notice.setAttribute('role', 'status');
      notice.textContent = `This could not be refreshed since ${this.#freshAt.toLocaleTimeString()}.`;
      wrapper.append(notice);
    } else if (!stale && notice !== null) {
      notice.remove();
    }
  }
}

/** Says something to who does not see the page, after what was said before. */
export function announce(text) {
  const line = document.createElement('p');
  line.textContent = text;
  const announcer = document.getElementById('announcer');
  announcer.append(line);
  while (announcer.childElementCount > ANNOUNCED) {
    announcer.firstElementChild.remove();
  }
}

/** Nobody likes to lose what they are about to copy. */
function selects(wrapper) {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && wrapper.contains(selection.anchorNode);
}

/** The box of the table stays when the table is replaced, so that it can be asked for from outside. */
function pieceIn(element) {
  return element?.id === 'peers-box' ? 'peers' : element?.id;
}

function peersQuery() {
  return new URL(document.getElementById('peers').getAttribute('hx-get'), location.origin).search;
}

function problemsShown() {
  return new Set([...document.querySelectorAll('.problems .what')].map((what) => what.textContent));
}

/** "3 m ago" becomes "4 m ago", which is no news. */
function withoutTimes(text) {
  return text.replace(/\d+/g, '#');
}
