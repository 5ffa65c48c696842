// What the pages about looks have in common: guests for the call, trouble in words, and the source of the look.
import { obeyCommands } from './command-buttons.js';
import { inviteGuests } from './guests.js';
import { collapsible } from './panel.js';
import { showTrouble } from './trouble.js';

const find = (id) => document.getElementById(id);

/** Sets the page up and returns its call. `source` is the stylesheet that is shown. */
export function lookPage({ guests = ['Grace', 'Katherine', 'Hedy'], source }) {
  const call = find('call');
  const { signal } = new AbortController();
  inviteGuests(call, guests);
  collapsible(find('panel-toggle'), find('call-panel'));
  showTrouble(call, find('trouble'), { signal });
  obeyCommands(document);
  if (source) void showSource(find('source'), source);
  return call;
}

async function showSource(place, address) {
  const response = await fetch(new URL(address, import.meta.url));
  if (response.ok) place.textContent = await response.text();
}
