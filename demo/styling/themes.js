// Switches between the themes of themes.css; `?look=compact` starts with one.
import { stylingPage } from '../call/styling-page.js';

const call = stylingPage({});
const looks = document.getElementById('looks');
const sheet = await (await fetch(new URL('./themes.css', import.meta.url))).text();

const wanted = new URLSearchParams(location.search).get('look');
const first = wanted === null ? null : looks.querySelector(`[value='${CSS.escape(wanted)}']`);
if (first) first.checked = true;

function wear(look) {
  if (look) call.dataset.look = look;
  else delete call.dataset.look;
  document.getElementById('source').textContent = sourceOf(look);
}

/** The rule of one theme, as the page's stylesheet has it. */
function sourceOf(look) {
  const start = sheet.indexOf(`cometchat-call[data-look='${look}']`);
  return look && start >= 0
    ? sheet.slice(start, sheet.indexOf('\n}', start) + 2)
    : '/* Nothing: it follows the colour scheme of the page. */';
}

looks.addEventListener('change', ({ target }) => wear(target.value));
wear(looks.querySelector(':checked').value);
