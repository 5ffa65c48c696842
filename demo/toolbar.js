import { lookPage } from './look-page.js';

lookPage({ source: './toolbar.css' });
