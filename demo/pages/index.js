// The start page, the call, and the way between the two.
import { CallTokenRefused, fetchCallToken } from '../call/call-token.js';
import { copyOnClick } from '../controls/copy-button.js';
import { logEvents } from '../call/event-log.js';
import { collapsible } from '../controls/panel.js';
import { sessionIn, suggestSession, nameError, sessionError } from '../call/session-form.js';
import { drawTag, tagText } from '../call/tag-source.js';
import { showErrors } from '../call/error-message.js';

const find = (id) => document.getElementById(id);
const fields = { name: find('name'), session: find('session') };
const wanted = new URLSearchParams(location.search);

/** Ends the listeners of the running call; `undefined` while there is none. */
let call;

collapsible(find('panel-toggle'), find('call-panel'), {
  startsClosed: matchMedia('(width < 56rem)').matches,
});
restoreForm();
find('join-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void join();
});
find('suggest').addEventListener('click', () => {
  fields.session.value = suggestSession();
  complain('session', '');
});
for (const [field, input] of Object.entries(fields))
  input.addEventListener('input', () => complain(field, ''));
copyOnClick(find('copy-invite'), () => find('invite-link').value);
copyOnClick(find('copy-tag'), () => tagText(find('call-place').firstElementChild));
// The browser's Back button leaves the call.
addEventListener('popstate', () => backToStart('left', null));
if (wanted.get('join') === '1') void join();

function restoreForm() {
  const invitedTo = wanted.get('session') ?? '';
  fields.session.value = invitedTo || suggestSession();
  fields.name.value = wanted.get('name') ?? remembered();
  if (invitedTo) showThatInvited(invitedTo);
}

function showThatInvited(session) {
  const strong = document.createElement('strong');
  strong.textContent = session;
  find('invitation').replaceChildren('You are invited to ', strong);
  find('invitation').hidden = false;
  find('join').textContent = 'Join call';
}

async function join() {
  const name = fields.name.value.trim();
  const session = sessionIn(fields.session.value);
  fields.session.value = session;
  if (find('join').disabled || !isAcceptable(name, session)) return;
  showText('form-error', '');
  showText('farewell', '');
  find('join').disabled = true;
  try {
    openCall(session, await fetchCallToken({ sessionId: session, name }));
    remember(name);
  } catch (error) {
    if (!(error instanceof CallTokenRefused)) throw error;
    showText('form-error', error.message);
  } finally {
    find('join').disabled = false;
  }
}

function isAcceptable(name, session) {
  const errors = { name: nameError(name), session: sessionError(session) };
  for (const [field, error] of Object.entries(errors)) complain(field, error);
  const first = Object.keys(errors).find((field) => errors[field]);
  if (first) fields[first].focus();
  return first === undefined;
}

function complain(field, error) {
  showText(`${field}-error`, error);
  fields[field].setAttribute('aria-invalid', String(error !== ''));
}

function openCall(session, token) {
  const element = document.createElement('cometchat-call');
  element.setAttribute('token', token);
  call = new AbortController();
  const { signal } = call;
  logEvents(element, find('event-log'), { signal });
  const error = showErrors(element, find('error'), { signal });
  element.addEventListener(
    'cometchat-session-left',
    ({ detail }) => backToStart(detail.reason, error.last()),
    {
      signal,
    },
  );
  drawTag(find('tag-source'), element);
  showInvitation(session);
  find('call-place').replaceChildren(element);
  show('call');
}

function showInvitation(session) {
  const link = new URL('./', location.href);
  link.search = new URLSearchParams({ session }).toString();
  find('invite-link').value = link.href;
  find('invite-hint').textContent = isOnThisMachine(link)
    ? 'The link works in every tab and browser of this computer. For other people, serve the page over https.'
    : 'Anyone with the link can join.';
  history.pushState(null, '', link);
}

function isOnThisMachine({ hostname }) {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function backToStart(reason, error) {
  if (!call) return;
  call.abort();
  call = undefined;
  find('call-place').replaceChildren();
  find('event-log').replaceChildren();
  showText('error', '');
  find('invitation').hidden = true;
  show('start');
  if (reason === 'failed') showText('form-error', error ?? 'The call failed.');
  else showText('farewell', farewells[reason] ?? 'The call is over.');
  find('join').textContent = 'Join again';
  find('join').focus();
}

const farewells = {
  left: 'You left the call.',
  'hung-up': 'You left the call.',
  'timed-out': 'The call ended because no one else was in it.',
  'ended-by-server': 'The call was ended for everyone.',
};

function show(view) {
  for (const name of ['start', 'call']) find(`${name}-view`).hidden = name !== view;
  find('panel-toggle').hidden = view !== 'call';
  document.documentElement.classList.toggle('in-call', view === 'call');
  scrollTo(0, 0);
}

function showText(id, text) {
  find(id).textContent = text;
  find(id).hidden = text === '';
}

function remembered() {
  try {
    return localStorage.getItem('cometchat-call-demo-name') ?? '';
  } catch {
    // Storage is switched off in this browser: nothing is remembered, nothing else is lost.
    return '';
  }
}

function remember(name) {
  try {
    localStorage.setItem('cometchat-call-demo-name', name);
  } catch {
    // As above.
  }
}
