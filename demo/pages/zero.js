// The zero-server page. The call itself is the tag in the page; this only gives the second tab another name and
// shows what happens.
import { copyOnClick } from '../controls/copy-button.js';
import { obeyCommands } from '../call/command-buttons.js';
import { logEvents } from '../call/event-log.js';
import { collapsible } from '../controls/panel.js';
import { drawTag, tagText } from '../call/tag-source.js';
import { showErrors } from '../call/error-message.js';

const find = (id) => document.getElementById(id);
const call = find('call');
const wanted = new URLSearchParams(location.search);
const { signal } = new AbortController();
const names = ['Ada', 'Grace', 'Katherine', 'Hedy', 'Radia'];

const name = wanted.get('name')?.trim() || 'Ada';
call.setAttribute('user-name', name);
if (wanted.get('session')) call.setAttribute('session-id', wanted.get('session'));
find('second-tab').search = new URLSearchParams({
  ...Object.fromEntries(wanted),
  name: names[(names.indexOf(name) + 1) % names.length],
}).toString();

collapsible(find('panel-toggle'), find('call-panel'));
drawTag(find('tag-source'), call);
copyOnClick(find('copy-tag'), () => tagText(call));
logEvents(call, find('event-log'), { signal });
showErrors(call, find('error'), { signal });
obeyCommands(document);
call.addEventListener('cometchat-session-left', () => (find('join-again').hidden = false));
call.addEventListener('cometchat-session-joined', () => (find('join-again').hidden = true));
