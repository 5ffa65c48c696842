import { callEventNames } from './call-events.js';

const most = 200;

/** Writes a line into the list for each event of the call, until `signal` is aborted. */
export function logEvents(element, list, { signal, names = callEventNames }) {
  for (const name of names)
    element.addEventListener(`cometchat-${name}`, ({ detail }) => write(list, name, inWords(detail)), {
      signal,
    });
}

function write(list, name, words) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 8;
  const line = document.createElement('li');
  line.append(part('time', new Date().toLocaleTimeString('en-GB')), part('code', name), part('span', words));
  list.append(line);
  if (list.children.length > most) list.firstElementChild.remove();
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

function part(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** The payload of an event, as short as possible. */
function inWords(detail) {
  if (detail === null || detail === undefined) return '';
  if (Array.isArray(detail)) return detail.map(inWords).join(', ');
  if (typeof detail !== 'object') return String(detail);
  if ('code' in detail) return `${detail.code}: ${detail.message}`;
  if ('call' in detail) return inWords(detail.call);
  if ('initiator' in detail) return `${detail.type} call of ${inWords(detail.initiator)}: ${detail.status}`;
  if ('uid' in detail) return detail.name || detail.uid;
  if ('muted' in detail) return `${inWords(detail.muted)} by ${inWords(detail.mutedBy)}`;
  return Object.entries(detail)
    .map(([name, value]) => (Array.isArray(value) ? `${value.length} ${spaced(name)}` : inWords(value)))
    .join(', ');
}

/** `audioInputDevices` -> `audio input devices`. */
function spaced(name) {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
