// A call whose settings are changed while it runs. The panel is drawn from the settings table of the bundle.
import { settingRows } from '/dist/cdn/cometchat-call-element.min.js';
import { CallTokenRefused, fetchCallToken } from '../call/call-token.js';
import { obeyCommands } from '../call/command-buttons.js';
import { copyOnClick } from '../controls/copy-button.js';
import { logEvents } from '../call/event-log.js';
import { chooseLanguage } from '../controls/language-choice.js';
import { collapsible } from '../controls/panel.js';
import { drawSettings } from '../controls/settings-panel.js';
import { drawTag, tagText } from '../call/tag-source.js';
import { showErrors } from '../call/error-message.js';

const find = (id) => document.getElementById(id);
const { signal } = new AbortController();
const wanted = new URLSearchParams(location.search);
const session = wanted.get('session') ?? 'playground';
const attributes = Object.values(settingRows).map(({ attribute }) => attribute);

/** The element exists from the start; it joins once it has a token. */
const call = document.createElement('cometchat-call');
call.id = 'call';
for (const name of attributes) if (wanted.has(name)) call.setAttribute(name, wanted.get(name));

collapsible(find('panel-toggle'), find('call-panel'));
chooseLanguage(find('language'), find('call-place'));
drawSettings(find('settings'), settingRows, call);
logEvents(call, find('event-log'), { signal });
showErrors(call, find('error'), { signal });
copyOnClick(find('copy-tag'), () => tagText(call));
obeyCommands(document);
find('command-support').textContent =
  'commandForElement' in HTMLButtonElement.prototype
    ? 'No script is involved: this browser knows command and commandfor.'
    : 'This browser does not know command and commandfor yet; a few lines of the page stand in for them.';
find('reset').addEventListener('click', () => {
  for (const name of attributes) call.removeAttribute(name);
});
// Every change of an attribute, wherever it comes from.
new MutationObserver(follow).observe(call, { attributes: true });
follow();

find('name').value = wanted.get('name') ?? find('name').value;
find('join-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void join();
});
if (wanted.get('join') === '1') void join();

async function join() {
  find('join').disabled = true;
  try {
    call.setAttribute(
      'token',
      await fetchCallToken({ sessionId: session, name: find('name').value.trim() || 'Ada' }),
    );
    find('call-place').replaceChildren(call);
    find('commands').hidden = false;
  } catch (error) {
    if (!(error instanceof CallTokenRefused)) throw error;
    find('form-error').textContent = error.message;
    find('form-error').hidden = false;
    find('join').disabled = false;
  }
}

/** Tag, address and link of the second tab always say what is set now. */
function follow() {
  drawTag(find('tag-source'), call);
  const set = attributes.filter((name) => call.hasAttribute(name));
  const query = new URLSearchParams({
    session,
    ...Object.fromEntries(set.map((name) => [name, call.getAttribute(name)])),
  });
  history.replaceState(null, '', `?${query}`);
  find('second-tab').search = `${query}&name=Grace`;
}
