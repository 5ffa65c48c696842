import { stylingPage } from '../call/styling-page.js';

stylingPage({ source: './toolbar.css' });
