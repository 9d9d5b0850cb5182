// The dialog in which an operator looks at one worker and acts on it, through the REST API.
import { announce } from './live.js';

const DONE = {
  drain: 'is drained',
  resume: 'gets work again',
  quarantine: 'is quarantined',
  disconnect: 'is disconnected',
};

/** Tells after each action that was taken. */
export function watchPeers(changed) {
  const dialog = document.getElementById('peer-dialog');
  const body = document.getElementById('peer-body');
  let opener = null;

  document.addEventListener('click', (event) => {
    const manage = event.target.closest('[data-peer]');
    if (manage !== null) {
      opener = manage.id;
      showLoading(body, manage.dataset.name);
      dialog.showModal();
      return;
    }
    // A link in the table asks for other workers: the fields above it say which.
    const show = event.target.closest('[data-show]');
    if (show !== null) {
      const field = document.getElementById('peers-show');
      field.value = show.dataset.show;
      // The link goes away with the table that it stands in.
      field.focus();
      if (show.dataset.clear !== undefined) {
        document.getElementById('peers-text').value = '';
      }
    }
  });

  dialog.addEventListener('click', (event) => {
    const choose = event.target.closest('[data-choose]');
    if (choose !== null) {
      choose.closest('.peer').querySelector('.choices').hidden = true;
      const form = body.querySelector(`form[data-action=${choose.dataset.choose}]`);
      form.hidden = false;
      form.querySelector('input, select, button').focus();
    } else if (event.target.closest('[data-back]') !== null) {
      back(body);
    } else if (event.target.closest('[data-close]') !== null || event.target === dialog) {
      dialog.close();
    }
  });

  dialog.addEventListener('close', () => {
    // The button is not the same one any more if the table was fetched meanwhile.
    (document.getElementById(opener) ?? document.getElementById('workers')).focus();
    body.replaceChildren();
  });

  dialog.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const peer = form.closest('.peer');
    const failure = await act(peer.dataset.id, form);
    if (failure === null) {
      dialog.close();
      announce(`${peer.dataset.name} ${DONE[form.dataset.action]}.`);
      changed();
    } else {
      const line = peer.querySelector('.failure');
      line.textContent = failure;
      line.hidden = false;
    }
  });

  // An answer about a worker that is looked at no more does not take the place of another.
  document.body.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target === body && event.detail.requestConfig.elt.id !== opener) {
      event.detail.shouldSwap = false;
    }
  });

  for (const trouble of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
    document.body.addEventListener(trouble, (event) => {
      if (event.detail.target === body && event.detail.requestConfig.elt.id === opener) {
        showTrouble(body);
      }
    });
  }
}

/** What went wrong, or null. */
async function act(id, form) {
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  if (fields.durationSeconds !== undefined) {
    fields.durationSeconds = Number(fields.durationSeconds);
  }
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  try {
    const answer = await fetch(`/peers/${id}/${form.dataset.action}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(fields),
    });
    if (answer.ok) {
      return null;
    }
    const problem = await answer.json().catch(() => ({}));
    return problem.detail ?? `The master answered ${answer.status}.`;
  } catch {
    return 'The master does not answer; nothing is known to have changed. Try again when it does.';
  } finally {
    button.disabled = false;
  }
}

function back(body) {
  body.querySelectorAll('form').forEach((form) => {
    form.hidden = true;
  });
  body.querySelector('.failure').hidden = true;
  const choices = body.querySelector('.choices');
  choices.hidden = false;
  choices.querySelector('button').focus();
}

function showLoading(body, name) {
  const title = document.createElement('h2');
  title.id = 'peer-title';
  title.textContent = name;
  const line = document.createElement('p');
  line.textContent = 'Loading…';
  body.replaceChildren(title, line, closeButton());
}

function showTrouble(body) {
  const line = document.createElement('p');
  line.className = 'failure';
  line.setAttribute('role', 'alert');
  line.textContent = 'The master does not say more about this worker now.';
  body.replaceChildren(body.firstElementChild, line, closeButton());
}

function closeButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.close = '';
  button.textContent = 'Close';
  return button;
}
