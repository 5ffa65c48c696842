// What each framework makes of a setting that is on by default: the table in demo/docs/frameworks.md is tested with this page.
import 'cometchat-call';
import { h as preactElement, render as renderPreact } from 'preact';
import { createElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';
import { flushSync } from 'react-dom';
import { mount } from 'svelte';
import { createApp, h } from 'vue';
import * as react18 from 'cometchat-call-examples-react-18';
import { renderSolid } from '../solid/spellings.js';
import { spellings, type Spelling } from './spellings.js';
import Spellings from './Spellings.svelte';

const tag = 'cometchat-call';

/** Renders every spelling into a place. */
const frameworks: Readonly<Record<string, (place: HTMLElement) => void>> = {
  'React 19': (place) => flushSync(() => createRoot(place).render(reactElements())),
  'React 19, from the server': (place) => {
    place.innerHTML = renderToString(reactElements());
    flushSync(() => hydrateRoot(place, reactElements()));
  },
  'React 18': (place) =>
    react18.flushSync(() => react18.createRoot(place).render(reactElements(react18.createElement))),
  'React 18, from the server': (place) => {
    place.innerHTML = react18.renderToString(reactElements(react18.createElement));
    react18.flushSync(() => react18.hydrateRoot(place, reactElements(react18.createElement)));
  },
  'Vue 3.5': (place) =>
    void createApp(() => Object.entries(spellings).map(([id, props]) => h(tag, { id, ...props }))).mount(
      place,
    ),
  'Svelte 5': (place) => void mount(Spellings, { target: place }),
  Solid: renderSolid,
  Preact: (place) =>
    renderPreact(
      Object.entries(spellings).map(([id, props]) => preactElement(tag, { id, ...props })),
      place,
    ),
};

const reactElements = (create = createElement) =>
  Object.entries(spellings).map(([id, props]) => create(tag, { key: id, id, ...props }));

/** Whether the end button is off, by framework and spelling. */
const truth: Record<string, Partial<Record<Spelling, boolean>>> = {};
for (const [name, render] of Object.entries(frameworks)) {
  const place = document.body.appendChild(document.createElement('div'));
  render(place);
  await new Promise((resolve) => setTimeout(resolve));
  const off = (id: string) => place.querySelector(`${tag}#${id}`) as { showEndCallButton?: boolean } | null;
  truth[name] = Object.fromEntries(
    Object.keys(spellings).map((id) => [id, off(id)?.showEndCallButton === false]),
  );
}
Object.assign(window, { truth });
