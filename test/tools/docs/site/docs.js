// The search and the menu of small screens. Without a script, every page and link of the site works.
const input = document.querySelector('#search');
const results = document.querySelector('#results');
const list = results.querySelector('ul');
const count = document.querySelector('#count');
const menu = document.querySelector('#menu');
const limit = 12;

let loading;
/** The sections of all pages, loaded at the first search. */
const sections = () => (loading ??= fetch('search.json').then((response) => response.json()));

/** Each word counts more in a title than in the text, and most where they stand together; a section needs all of them. */
function rank({ title, page, text }, words) {
  const [heading, place, body] = [title, page, text].map((each) => each.toLowerCase());
  const phrase = words.join(' ');
  let sum = words.length > 1 && (heading.includes(phrase) || body.includes(phrase)) ? 8 : 0;
  for (const word of words) {
    const found =
      (heading.includes(word) ? 8 : 0) + (place.includes(word) ? 3 : 0) + (body.includes(word) ? 1 : 0);
    if (found === 0) return 0;
    sum += found + (heading.split(/\W+/).includes(word) ? 4 : 0);
  }
  return sum;
}

function excerpt(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
  return `${at > 0 ? '…' : ''}${text.slice(at, at + 120)}${text.length > at + 120 ? '…' : ''}`;
}

function entry({ title, page, url, text }, words) {
  const item = document.createElement('li');
  const link = item.appendChild(document.createElement('a'));
  link.href = url;
  link.appendChild(document.createElement('strong')).textContent =
    title === page ? page : `${page}: ${title}`;
  link.appendChild(document.createElement('span')).textContent = excerpt(text, words[0]);
  return item;
}

async function search() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return hide();
  const all = await sections().catch(() => []);
  const found = all
    .map((section) => ({ section, score: rank(section, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  list.replaceChildren(...found.slice(0, limit).map(({ section }) => entry(section, words)));
  count.textContent =
    found.length === 0 ? 'Nothing found' : `${found.length} ${found.length === 1 ? 'result' : 'results'}`;
  results.hidden = false;
}

function hide() {
  results.hidden = true;
  list.replaceChildren();
}

input.addEventListener('input', () => void search());
input.addEventListener('focus', () => void sections().catch(() => []));
results.addEventListener('click', ({ target }) => {
  if (target.closest('a')) hide();
});
document.addEventListener('keydown', (event) => {
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  if (event.key === '/' && !event.target.closest('input') && !event.ctrlKey && !event.metaKey) input.focus();
  else if (event.key === 'Escape' && !results.hidden) {
    hide();
    input.focus();
  } else if (event.key === 'ArrowDown' && (at >= 0 || event.target === input)) links[at + 1]?.focus();
  else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? input).focus();
  else return;
  event.preventDefault();
});
document.addEventListener('pointerdown', ({ target }) => {
  if (!target.closest('search')) results.hidden = true;
});
menu.addEventListener('click', () => {
  const isOpen = document.body.classList.toggle('menu-open');
  menu.setAttribute('aria-expanded', String(isOpen));
});
