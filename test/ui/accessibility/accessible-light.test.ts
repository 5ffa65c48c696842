import { situationsAreAccessible } from '../../contracts/accessible-situations.js';

situationsAreAccessible('light');
