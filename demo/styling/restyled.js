import { stylingPage } from '../call/styling-page.js';

stylingPage({ source: './restyled.css' });
