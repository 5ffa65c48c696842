import { CallTokenRefused, fetchUsers } from '../call/call-token.js';

/** How often, in ms, the server is asked who is there. */
const interval = 2000;

const hues = [18, 45, 75, 130, 160, 190, 220, 250, 275, 300, 325, 350];

/** The list of all other users who have signed in at this server, each with buttons that call them. */
export class Contacts {
  #list;
  #template;
  #changed;
  #own;
  #timer;
  #rows = new Map();

  /** `changed` is called with `{ own, others }` after each request to the server. */
  constructor({ list, template, changed }) {
    this.#list = list;
    this.#template = template;
    this.#changed = changed;
    document.addEventListener('visibilitychange', () => this.#own && !document.hidden && void this.#ask());
  }

  /** Shows whom the user can call, from now on. */
  follow(own) {
    this.#own = own;
    void this.#ask();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#own = undefined;
    this.#draw([]);
  }

  async #ask() {
    clearTimeout(this.#timer);
    const own = this.#own;
    const users = await fetchUsers().catch((error) => {
      if (error instanceof CallTokenRefused) return undefined;
      throw error;
    });
    if (own !== this.#own || !own) return;
    if (users) {
      const others = users.filter(({ uid }) => uid !== own).sort(byName);
      this.#draw(others);
      this.#changed({ own, others });
    }
    clearTimeout(this.#timer);
    // A hidden page asks when it is seen again.
    if (!document.hidden) this.#timer = setTimeout(() => void this.#ask(), interval);
  }

  /** Rows that are there stay, and with them the focus. */
  #draw(users) {
    for (const [uid, row] of this.#rows)
      if (!users.some((user) => user.uid === uid)) {
        row.remove();
        this.#rows.delete(uid);
      }
    for (const [at, user] of users.entries()) {
      const row = this.#rows.get(user.uid) ?? this.#row(user.uid);
      fill(row, user);
      if (this.#list.children[at] !== row) this.#list.insertBefore(row, this.#list.children[at] ?? null);
    }
  }

  #row(uid) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    for (const button of row.querySelectorAll('button')) button.value = uid;
    row.style.setProperty('--hue', String(hueOf(uid)));
    this.#rows.set(uid, row);
    return row;
  }
}

function fill(row, { name, online }) {
  const [voice, video] = row.querySelectorAll('button');
  const texts = [
    [row.querySelector('.avatar'), initialsOf(name)],
    [row.querySelector('strong'), name],
    [row.querySelector('.presence'), online ? 'Online' : 'Not here'],
  ];
  for (const [element, text] of texts) if (element.textContent !== text) element.textContent = text;
  row.classList.toggle('online', online);
  voice.setAttribute('aria-label', `Voice call to ${name}`);
  video.setAttribute('aria-label', `Video call to ${name}`);
}

/** Those who can be called first. */
function byName(one, other) {
  return Number(other.online) - Number(one.online) || one.name.localeCompare(other.name);
}

function initialsOf(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word][0].toUpperCase()).join('');
}

/** The same colour as on the card of a call. */
function hueOf(uid) {
  let hash = 0x811c9dc5;
  for (const letter of uid) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return hues[((hash ^ (hash >>> 15)) >>> 0) % hues.length];
}
