// A package of its own: a page of this workspace has React 19 as well.
import * as React from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';

const { createElement } = React;

export { createElement, createRoot, flushSync, hydrateRoot, renderToString };
