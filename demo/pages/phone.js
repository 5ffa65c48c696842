// The phone: who is here, whose phone this is, and what the three tags say. They call, ring and talk by themselves.
import { CallTokenRefused, fetchAuthToken } from '../call/call-token.js';
import { obeyCommands } from '../call/command-buttons.js';
import { Contacts } from '../controls/contacts.js';
import { copyOnClick } from '../controls/copy-button.js';
import { logEvents } from '../call/event-log.js';
import { offerNotifications } from '../controls/notify-button.js';
import { collapsible } from '../controls/panel.js';
import { nameError } from '../call/session-form.js';
import { drawTag, tagText } from '../call/tag-source.js';
import { showErrors } from '../call/error-message.js';

const find = (id) => document.getElementById(id);
const call = find('call');
const ringing = ['cometchat-incoming-call', 'cometchat-outgoing-call'].map((tag) =>
  document.querySelector(tag),
);
const callHistory = find('history');
const tags = [...ringing, call];
const wanted = new URLSearchParams(location.search);
const { signal } = new AbortController();
const names = ['Ada', 'Grace', 'Katherine', 'Hedy', 'Radia'];
const ringEvents = ['incoming', 'incoming-cancelled', 'accepted', 'rejected', 'ended', 'handover', 'error'];
const contacts = new Contacts({ list: find('contacts'), template: find('contact'), changed: follow });

collapsible(find('panel-toggle'), find('call-panel'), {
  startsClosed: matchMedia('(width < 56rem)').matches,
});
obeyCommands(document);
offerNotifications(find('notify'));
copyOnClick(find('copy-tags'), () => tags.map(tagText).join('\n'));
logEvents(document, find('event-log'), { signal, names: ringEvents.map((name) => `ring-${name}`) });
logEvents(call, find('event-log'), { signal });
showErrors(call, find('error'), { signal });
showErrors(document, find('error'), { signal, event: 'cometchat-ring-error' });

// The tags need none of this: only the page shows now its contacts, now the call.
document.addEventListener('cometchat-ring-handover', () => showCall(true));
document.addEventListener('cometchat-ring-ended', () => showCall(false));
call.addEventListener('cometchat-session-left', () => showCall(false));

find('sign-in-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn();
});
find('name').addEventListener('input', () => complain(''));
find('sign-out').addEventListener('click', signOut);
for (const link of document.querySelectorAll('.second-window')) link.addEventListener('click', openWindow);
find('name').value = wanted.get('name') ?? '';
if (wanted.get('name')) void signIn(wanted.get('uid') ?? undefined);

async function signIn(given) {
  const name = find('name').value.trim();
  const uid = given ?? uidOf(name);
  const error = nameError(uid && name);
  complain(error);
  if (error) return find('name').focus();
  find('sign-in').disabled = true;
  try {
    const token = await fetchAuthToken({ uid, name });
    for (const element of [...ringing, callHistory]) element.setAttribute('token', token);
    enter({ uid, name });
  } catch (error) {
    if (!(error instanceof CallTokenRefused)) throw error;
    showText('form-error', error.message);
  } finally {
    find('sign-in').disabled = false;
  }
}

function enter({ uid, name }) {
  showText('form-error', '');
  find('who').textContent = `You are ${name}`;
  document.title = `${name}’s phone: cometchat-call`;
  // Reloaded, or copied into another window, this page is the same user's phone.
  history.replaceState(null, '', `?${new URLSearchParams({ uid, name })}`);
  drawTag(find('tags-source'), ...tags);
  contacts.follow(uid);
  show('phone');
}

function signOut() {
  call.endSession();
  for (const element of [...ringing, callHistory]) element.removeAttribute('token');
  contacts.stop();
  showCall(false);
  find('event-log').replaceChildren();
  showText('error', '');
  showText('farewell', 'You are signed out and cannot be called here.');
  history.replaceState(null, '', location.pathname);
  document.title = 'Phone: cometchat-call';
  show('sign-in');
  find('name').focus();
}

/** Who is there has changed: whom could the second window belong to? */
function follow({ own, others }) {
  find('nobody').hidden = others.some(({ online }) => online);
  const taken = [own, ...others.filter(({ online }) => online).map(({ uid }) => uid)];
  const at = names.findIndex((name) => uidOf(name) === own) + 1;
  const free = [...names.slice(at), ...names.slice(0, at)].find((name) => !taken.includes(uidOf(name)));
  const name = free ?? 'Somebody else';
  for (const link of document.querySelectorAll('.second-window')) {
    link.textContent = `Open a window as ${name}`;
    link.search = new URLSearchParams({ uid: uidOf(name), name }).toString();
  }
}

/** A window, where there are windows: two tabs are not seen at once. */
function openWindow(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(event.currentTarget.href, '_blank', 'popup,noopener,width=960,height=720');
}

function showCall(isOn) {
  find('call-view').hidden = !isOn;
  find('contacts-view').hidden = isOn;
}

function show(view) {
  for (const name of ['sign-in', 'phone']) find(`${name}-view`).hidden = name !== view;
  find('panel-toggle').hidden = view !== 'phone';
  document.documentElement.classList.toggle('in-call', view === 'phone');
  scrollTo(0, 0);
}

/** `Ada Byron` -> `ada-byron`. */
function uidOf(name) {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function complain(error) {
  showText('name-error', error);
  find('name').setAttribute('aria-invalid', String(error !== ''));
}

function showText(id, text) {
  find(id).textContent = text;
  find(id).hidden = text === '';
}
