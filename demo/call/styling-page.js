// Shared by the demo pages about styling: guests for the call, error messages, and the source of the styles.
import { obeyCommands } from './command-buttons.js';
import { inviteGuests } from './guests.js';
import { collapsible } from '../controls/panel.js';
import { showErrors } from './error-message.js';

const find = (id) => document.getElementById(id);

/** Sets the page up and returns its call. `source` is the stylesheet that is shown. */
export function stylingPage({ guests = ['Grace', 'Katherine', 'Hedy'], source }) {
  const call = find('call');
  const { signal } = new AbortController();
  inviteGuests(call, guests);
  collapsible(find('panel-toggle'), find('call-panel'));
  showErrors(call, find('error'), { signal });
  obeyCommands(document);
  if (source) void showSource(find('source'), source);
  return call;
}

async function showSource(place, address) {
  const response = await fetch(new URL(address, document.baseURI));
  if (response.ok) place.textContent = await response.text();
}
