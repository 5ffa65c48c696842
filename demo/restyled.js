import { lookPage } from './look-page.js';

lookPage({ source: './restyled.css' });
